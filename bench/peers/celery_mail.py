"""Emails by Celery and smtplib, as a service would send them that had no Candour.

    celery -A celery_mail worker ...       PEERS_REDIS: the socket; PEERS_SMTP: the port
    python3 celery_mail.py N               puts N tasks into the queue PEERS_QUEUE

Each process keeps one connection to the mail server.
"""

import email.message
import email.utils
import os
import smtplib
import sys

import celery

app = celery.Celery("celery_mail", broker="redis+socket://" + os.environ["PEERS_REDIS"])
app.conf.update(task_ignore_result=True, task_serializer="json", accept_content=["json"],
                worker_send_task_events=False, broker_transport_options={"visibility_timeout": 7200})

# About 4 kB with its headers, as the other cases': a text and a page of HTML.
LINE = "A line of the text, which is neither long nor short, as most are.\n"
connection = None


def words(job):
    text = "Dear %s\n\nWe have agreed with you: %s, by %s.\n\n%s" % (job["name"], job["what"], job["due"], LINE * 45)
    html = "<!DOCTYPE html>\n<html lang=\"en\"><p>Dear %s</p><p>%s, by %s</p></html>\n" % (job["name"], job["what"],
                                                                                       job["due"])
    return text, html


@app.task(name="agreed")
def agreed(job):
    global connection
    text, html = words(job)
    mail = email.message.EmailMessage()
    mail["From"] = "Sheffield City Council <candour@sheffield.example>"
    mail["To"] = "%s <%s>" % (job["name"], job["to"])
    mail["Subject"] = "A message about your case"
    mail["Date"] = email.utils.formatdate()
    mail["Message-ID"] = email.utils.make_msgid(domain="sheffield.example")
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    if connection is None:
        connection = smtplib.SMTP("127.0.0.1", int(os.environ["PEERS_SMTP"]), local_hostname="bench.example")
    connection.send_message(mail)


def fill(n):
    with app.producer_pool.acquire(block=True) as producer:
        for number in range(n):
            job = {"to": "p%d@families.example" % number, "name": "Parent", "what": "Ask the school for its report",
                   "due": "18 December"}
            agreed.apply_async((job,), producer=producer, queue=os.environ["PEERS_QUEUE"])


if __name__ == "__main__":
    fill(int(sys.argv[1]))
