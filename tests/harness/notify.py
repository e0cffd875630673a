"""What GOV.UK Notify asks of whoever calls it: a key, and with each request a token made from it."""

import base64
import hashlib
import hmac
import json
import time

from harness import check, check_equal

_SERVICE, _SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = "candour-%s-%s" % (_SERVICE, _SECRET)


def _unbase64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def check_token(request):
    """The request says who we are: a token of our service, made just now, that only our secret can have signed."""
    kind, _, token = request.headers["authorization"].partition(" ")
    head, claims, sign = token.split(".")
    check_equal(kind, "Bearer", "how it says who it is")
    check_equal(json.loads(_unbase64(head)), {"typ": "JWT", "alg": "HS256"}, "the token's head")
    said = json.loads(_unbase64(claims))
    check_equal(said["iss"], _SERVICE, "the service")
    check(abs(said["iat"] - time.time()) < 30, "the moment")
    wanted = hmac.new(_SECRET.encode(), (head + "." + claims).encode(), hashlib.sha256).digest()
    check_equal(_unbase64(sign), wanted, "the signature")
