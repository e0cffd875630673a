"""Certificates for tests, by the openssl program.

    authority = Authority(folder)
    cert, key = authority.certificate("localhost", days=-1)   # days < 0: it has expired
    authority.file                                            # whom to trust
"""

import os
import shutil
import subprocess

from harness import Failure, NotRun


def _openssl(*words, input=None):
    if shutil.which("openssl") is None:
        raise NotRun("openssl is not installed")
    done = subprocess.run(("openssl",) + words, capture_output=True, encoding="utf-8", input=input, check=False)
    if done.returncode != 0:
        raise Failure("openssl %s:\n%s" % (" ".join(words), done.stderr))


class Authority:
    def __init__(self, folder):
        os.makedirs(folder, exist_ok=True)
        self.folder, self.n = folder, 0
        self.file, self.key = os.path.join(folder, "ca.pem"), os.path.join(folder, "ca.key")
        _openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
                 "-subj", "/CN=Test authority", "-keyout", self.key, "-out", self.file)

    def certificate(self, name, days=30):
        self.n += 1
        base = os.path.join(self.folder, "%s-%d" % (name, self.n))
        cert, key, request, names = base + ".pem", base + ".key", base + ".csr", base + ".ext"
        _openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=" + name,
                 "-keyout", key, "-out", request)
        with open(names, "w", encoding="ascii") as file:
            file.write("subjectAltName=DNS:%s\n" % name)
        _openssl("x509", "-req", "-in", request, "-CA", self.file, "-CAkey", self.key, "-set_serial", str(self.n),
                 "-days", str(days), "-extfile", names, "-out", cert)
        return cert, key
