"""A real mail server: Postfix takes emails, under TLS and with AUTH, and hands them by LMTP to Dovecot, from which
they are read back by IMAP. All of it private: folders, ports, users.

    server = MailServer(world.path("server"), certificate)
    server.start()
    server.port, server.user, server.password
    server.mails()      # everything that arrived, for whomever, parsed
    server.remove()

All recipients share one mailbox, so that one login reads it; Delivered-To says for whom each was.
"""

import email
import email.policy
import imaplib
import os
import pwd
import shutil
import socket
import subprocess

from harness import NotRun, Process, check, wait_for

MAIN_CF = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
config_directory = {folder}/etc
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
myhostname = mx.test.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks =
virtual_mailbox_domains = static:all
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:{sasl}
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_tls_received_header = yes
maillog_file = /dev/stdout
maillog_file_prefixes = /dev/stdout
alias_maps =
local_recipient_maps =
{more}
"""

DOVECOT_CONF = """protocols = lmtp imap
base_dir = {folder}/run
log_path = /dev/stderr
mail_location = maildir:{folder}/mail
ssl = no
disable_plaintext_auth = no
first_valid_uid = 1
listen = 127.0.0.1
lmtp_save_to_detail_mailbox = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=dovecot gid=dovecot home={folder}/mail allow_all_users=yes
}}
service lmtp {{
  inet_listener lmtp {{
    port = {lmtp}
  }}
}}
service auth {{
  inet_listener sasl {{
    port = {sasl}
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def free_ports(n):
    held = [socket.socket() for _ in range(n)]
    for each in held:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports


def _answers(port):
    with socket.create_connection(("127.0.0.1", port), timeout=2) as probe:
        return probe.recv(1)


class MailServer:
    def __init__(self, folder, certificate, more=""):
        if os.getuid() != 0:
            raise NotRun("Postfix can only be started by root")
        for path, package in (("/usr/sbin/postfix", "postfix"), ("/usr/lib/dovecot/imap", "dovecot-imapd"),
                              ("/usr/lib/dovecot/lmtp", "dovecot-lmtpd")):
            if not os.path.exists(path):
                raise NotRun("%s is not installed" % package)
        self.folder, self.user, self.password = folder, "candour", "secret-of-the-test"
        self.port, self.lmtp, self.sasl, self.imap = free_ports(4)
        os.makedirs(os.path.join(folder, "etc"))
        for name in ("queue", "data", "mail", "run"):
            os.mkdir(os.path.join(folder, name))
        # Others' programs must be able to walk to their files.
        for path in (folder, os.path.dirname(folder)):
            os.chmod(path, 0o755)
        shutil.chown(os.path.join(folder, "data"), "postfix")
        dovecot = pwd.getpwnam("dovecot")
        os.chown(os.path.join(folder, "mail"), dovecot.pw_uid, dovecot.pw_gid)
        self._write("etc/main.cf", MAIN_CF.format(folder=folder, lmtp=self.lmtp, sasl=self.sasl, more=more,
                                                  certificate=certificate[0], key=certificate[1]))
        self._write("etc/master.cf", self._services())
        self._write("dovecot.conf", DOVECOT_CONF.format(folder=folder, lmtp=self.lmtp, sasl=self.sasl,
                                                        imap=self.imap, password=self.password))
        self.dovecot = Process("dovecot", ["dovecot", "-F", "-c", os.path.join(folder, "dovecot.conf")],
                               os.path.join(folder, "dovecot.log"))
        # The master itself, not `postfix start-fg`, whose shell would die in its place.
        etc = os.path.join(folder, "etc")
        self.postfix = Process("postfix", ["/usr/lib/postfix/sbin/master", "-s", "-c", etc],
                               os.path.join(folder, "postfix.log"), env=dict(os.environ, MAIL_CONFIG=etc))

    def _write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    def _services(self):
        """Debian's list of services: ours listens on a port of its own, and nothing is in a chroot."""
        lines = []
        with open("/usr/share/postfix/master.cf.dist", encoding="utf-8") as file:
            for line in file:
                words = line.split()
                if line[:1] in "# \t\n" or len(words) < 8:
                    continue
                if words[:2] == ["smtp", "inet"]:
                    words[0] = str(self.port)
                words[4] = "n"
                lines.append(" ".join(words))
        return "\n".join(lines) + "\n"

    def start(self):
        # Makes the folders that are missing.
        done = subprocess.run(["postfix", "-c", os.path.join(self.folder, "etc"), "check"], capture_output=True,
                              encoding="utf-8", check=False)
        check(done.returncode == 0, "postfix check:\n" + done.stderr)
        self.dovecot.start()
        self.postfix.start()

        def is_up():
            for process in (self.dovecot, self.postfix):
                check(process.is_running(), "%s ended:\n%s" % (process.name, process.log_text()[-2000:]))
            return all(_answers(port) for port in (self.port, self.lmtp, self.imap))

        wait_for(is_up, "the mail server to answer")

    def count(self):
        """How many have arrived."""
        try:
            return sum(len(os.listdir(os.path.join(self.folder, "mail", box))) for box in ("new", "cur"))
        except FileNotFoundError:
            return 0

    def mails(self):
        found = []
        client = imaplib.IMAP4("127.0.0.1", self.imap)
        client.login("anybody", self.password)
        n = int(client.select(readonly=True)[1][0])
        for at in range(1, n + 1, 200):
            _, answers = client.fetch("%d:%d" % (at, min(n, at + 199)), "(RFC822)")
            found += [email.message_from_bytes(each[1], policy=email.policy.default)
                      for each in answers if isinstance(each, tuple)]
        client.logout()
        return found

    def remove(self):
        """Their helpers go when the master does."""
        self.postfix.remove()
        self.dovecot.remove()
