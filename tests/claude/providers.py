#!/usr/bin/env python3
"""Addresses, credentials and signatures of every provider, against stand-ins on this machine.

Signatures are recomputed here from the request that arrived, by another implementation of the
published procedure.
"""
import argparse
import base64
import hashlib
import hmac
import json
import os
import subprocess
import tempfile
import threading
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ASK = None
SECRETS = ["wJalrSECRET", "tokenSECRET", "keySECRET"]
SSE = (b'event: message_start\ndata: {"type":"message_start","message":{"id":"m","type":"message",'
       b'"role":"assistant","model":"m","content":[],"usage":{"input_tokens":1,"output_tokens":1}}}\n\n'
       b'event: message_delta\ndata: {"type":"message_delta","delta":{"stop_reason":"end_turn"},'
       b'"usage":{"output_tokens":1}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n')


class Service:
    """Answers what a table of (method, path prefix) says, and keeps what it was asked."""

    def __init__(self, answers=()):
        service = self
        self.requests = []

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *arguments):
                pass

            def answer(self):
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                service.requests.append({"method": self.command, "path": self.path, "body": body,
                                         "headers": {k.lower(): v for k, v in self.headers.items()}})
                status, reply = 200, SSE
                for method, prefix, content in answers:
                    if method == self.command and self.path.startswith(prefix):
                        content = content(service.requests[-1]) if callable(content) else content
                        status, reply = content if isinstance(content, tuple) else (200, content)
                        break
                if isinstance(reply, (dict, list)):
                    reply = json.dumps(reply).encode()
                kind = "text/event-stream" if reply is SSE else "application/json"
                self.send_response(status)
                self.send_header("content-type", kind)
                self.send_header("content-length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            do_GET = do_POST = do_PUT = answer

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        return self

    def __exit__(self, *exception):
        self.server.shutdown()
        self.server.server_close()

    def messages(self):
        return [one for one in self.requests if "/messages" in one["path"] or "Predict" in one["path"]]


def ask(settings, environment, count=1):
    given = {"requests": [{"instruction": "say"}] * count, "settings": settings}
    env = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "AWS_EC2_METADATA_DISABLED": "true"}
    env.update({k: v for k, v in os.environ.items() if k.startswith(("ASAN", "UBSAN", "LSAN"))})
    env.update(environment)
    done = subprocess.run([ASK], input=json.dumps(given), capture_output=True, text=True, env=env,
                          timeout=120, check=False)
    assert done.returncode in (0, 1), done.stderr[-3000:]
    for secret in SECRETS:
        assert secret not in done.stdout + done.stderr, "a secret was printed"
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


# ---- AWS Signature Version 4 ----------------------------------------------------------------

def quote(text):
    return urllib.parse.quote(text, safe="-_.~")


def signature(request, secret):
    parts = dict(part.strip().split("=", 1) for part in
                 request["headers"]["authorization"].split(" ", 1)[1].split(","))
    date, region, service = parts["Credential"].split("/")[1:4]
    path, _, query = request["path"].partition("?")
    pairs = sorted((quote(urllib.parse.unquote(k)), quote(urllib.parse.unquote(v))) for k, _, v in
                   (pair.partition("=") for pair in query.split("&") if pair))
    names = parts["SignedHeaders"].split(";")
    canonical = "\n".join([
        request["method"], urllib.parse.quote(path, safe="-_.~/"),
        "&".join(f"{k}={v}" for k, v in pairs),
        "".join(f"{name}:{' '.join(request['headers'][name].split())}\n" for name in names),
        ";".join(names), hashlib.sha256(request["body"]).hexdigest()])
    scope = f"{date}/{region}/{service}/aws4_request"
    to_sign = "\n".join(["AWS4-HMAC-SHA256", request["headers"]["x-amz-date"], scope,
                         hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secret).encode()
    for word in (date, region, service, "aws4_request"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    return parts, scope, hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()


STATIC = {"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "wJalrSECRET",
          "AWS_REGION": "us-east-1"}


def credentials(minutes=60):
    import datetime
    until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return {"Version": 1, "AccessKeyId": "ASIAEXAMPLE", "SecretAccessKey": "wJalrSECRET",
            "SessionToken": "tokenSECRET", "Token": "tokenSECRET",
            "Expiration": until.strftime("%Y-%m-%dT%H:%M:%SZ")}


class Bedrock(unittest.TestCase):
    def signed(self, service, environment, settings=(), path="/anthropic"):
        got, errors = ask([["provider", "bedrock"], ["base-url", service.url + path], *settings],
                          environment)
        self.assertIn("blocks", got[0], f"{got} {errors}")
        request = service.messages()[-1]
        parts, scope, expected = signature(request, "wJalrSECRET")
        self.assertEqual(expected, parts["Signature"])
        return request, parts, scope

    def test_signed_with_static_keys(self):
        with Service() as service:
            request, parts, scope = self.signed(service, STATIC)
            self.assertEqual("/anthropic/v1/messages", request["path"])
            self.assertTrue(scope.endswith("/us-east-1/bedrock-mantle/aws4_request"), scope)
            for name in ("host", "x-amz-date", "x-amz-content-sha256", "anthropic-version"):
                self.assertIn(name, parts["SignedHeaders"].split(";"))
            body = json.loads(request["body"])
            self.assertEqual(("anthropic.claude-opus-5-5", True), (body["model"], body["stream"]))

    def test_paths_that_have_to_be_escaped(self):
        for path in ("/a:b", "/a%3Ab", "/arn%3Aaws%2Fx", "/a%20b", "/model/us.anthropic.x-v1:0"):
            with Service() as service:
                self.signed(service, STATIC, path=path)

    def test_session_token_is_signed(self):
        with Service() as service:
            request, parts, _ = self.signed(service, {**STATIC, "AWS_SESSION_TOKEN": "tokenSECRET"})
            self.assertEqual("tokenSECRET", request["headers"]["x-amz-security-token"])
            self.assertIn("x-amz-security-token", parts["SignedHeaders"])

    def test_bearer(self):
        with Service() as service:
            got, _ = ask([["provider", "bedrock"], ["base-url", service.url]],
                         {"AWS_BEARER_TOKEN_BEDROCK": "keySECRET", "AWS_REGION": "eu-west-1"})
            self.assertIn("blocks", got[0])
            self.assertEqual("Bearer keySECRET", service.messages()[0]["headers"]["authorization"])

    def test_profile(self):
        with tempfile.TemporaryDirectory() as home, Service() as service:
            folder = Path(home, ".aws")
            folder.mkdir()
            (folder / "credentials").write_text(
                "[default]\naws_access_key_id=wrong\naws_secret_access_key=wrong\n"
                "[work]\n# comment\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = wJalrSECRET\n")
            (folder / "config").write_text("[profile work]\nregion = ap-south-1\n")
            _, _, scope = self.signed(service, {"HOME": home, "AWS_PROFILE": "work"})
            self.assertIn("/ap-south-1/", scope)

    def test_environment_wins_over_profile(self):
        with tempfile.TemporaryDirectory() as home, Service() as service:
            Path(home, ".aws").mkdir()
            Path(home, ".aws/credentials").write_text(
                "[p]\naws_access_key_id=wrong\naws_secret_access_key=wrong\n")
            _, parts, _ = self.signed(service, {**STATIC, "HOME": home, "AWS_PROFILE": "p"})
            self.assertIn("AKIDEXAMPLE", parts["Credential"])

    def test_credential_process(self):
        with tempfile.TemporaryDirectory() as home, Service() as service:
            Path(home, ".aws").mkdir()
            printed = Path(home, "printed it")
            printed.write_text(json.dumps(credentials()))
            Path(home, ".aws/config").write_text(
                f"[default]\nregion=us-west-2\ncredential_process = cat \"{printed}\"\n")
            self.signed(service, {"HOME": home})

    def test_command(self):
        with Service() as service, tempfile.TemporaryDirectory() as folder:
            printed = Path(folder, "keys.json")
            printed.write_text(json.dumps(credentials()))
            self.signed(service, {"AWS_REGION": "us-east-1"},
                        [["credential-command", f"cat '{printed}'"]])

    def test_a_command_that_fails_ends_the_search(self):
        for line in ("false", "/no/such/program", "printf 'not json'", "sh -c 'exit 3'", "open ' quote"):
            with Service() as service:
                got, _ = ask([["provider", "bedrock"], ["base-url", service.url],
                              ["credential-command", line], ["retries", "0"]], STATIC)
                self.assertIn("failure", got[0], line)
                self.assertEqual([], service.requests)

    def test_web_identity(self):
        reply = ("<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>"
                 "<AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>wJalrSECRET</SecretAccessKey>"
                 "<SessionToken>tokenSECRET</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration>"
                 "</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>")
        with tempfile.TemporaryDirectory() as folder, \
                Service([("POST", "/sts", reply.encode())]) as service:
            token = Path(folder, "token")
            token.write_text("ident+ity\n")
            self.signed(service, {"AWS_WEB_IDENTITY_TOKEN_FILE": str(token), "AWS_REGION": "us-east-1",
                                  "AWS_ROLE_ARN": "arn:aws:iam::1:role/x",
                                  "AWS_ENDPOINT_URL_STS": service.url + "/sts"})
            form = urllib.parse.parse_qs(service.requests[0]["body"].decode())
            self.assertEqual(["ident+ity"], form["WebIdentityToken"])
            self.assertEqual(["arn:aws:iam::1:role/x"], form["RoleArn"])
            self.assertNotIn("authorization", service.requests[0]["headers"])

    def test_container(self):
        with Service([("GET", "/creds", credentials())]) as service:
            self.signed(service, {"AWS_CONTAINER_CREDENTIALS_FULL_URI": service.url + "/creds",
                                  "AWS_CONTAINER_AUTHORIZATION_TOKEN": "keySECRET",
                                  "AWS_REGION": "us-east-1"})
            self.assertEqual("keySECRET", service.requests[0]["headers"]["authorization"])

    def test_container_elsewhere_is_refused(self):
        with Service() as service:
            got, _ = ask([["provider", "bedrock"], ["base-url", service.url], ["retries", "0"]],
                         {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://10.1.2.3/creds",
                          "AWS_REGION": "us-east-1"})
            self.assertIn("failure", got[0])

    def test_instance(self):
        roles = "/latest/meta-data/iam/security-credentials/"
        with Service([("PUT", "/latest/api/token", b"imds"), ("GET", roles + "role", credentials()),
                      ("GET", roles, b"role\n")]) as service:
            self.signed(service, {"AWS_EC2_METADATA_SERVICE_ENDPOINT": service.url,
                                  "AWS_EC2_METADATA_DISABLED": "false", "AWS_REGION": "us-east-1"})
            self.assertEqual("21600",
                             service.requests[0]["headers"]["x-aws-ec2-metadata-token-ttl-seconds"])
            self.assertEqual("imds", service.requests[1]["headers"]["x-aws-ec2-metadata-token"])

    def test_keys_about_to_expire_are_got_anew(self):
        for minutes, fetched in ((60, 1), (4, 3)):
            with Service([("GET", "/creds", lambda _: credentials(minutes))]) as service:
                ask([["provider", "bedrock"], ["base-url", service.url], ["in-flight", "1"]],
                    {"AWS_CONTAINER_CREDENTIALS_FULL_URI": service.url + "/creds",
                     "AWS_REGION": "us-east-1"}, count=3)
                self.assertEqual(fetched, sum(one["path"] == "/creds" for one in service.requests))

    def test_nothing_to_sign_with(self):
        with Service() as service:
            got, _ = ask([["provider", "bedrock"], ["base-url", service.url]],
                         {"AWS_REGION": "us-east-1"})
            self.assertIn("no AWS credentials", got[0]["message"])
            got, errors = ask([["provider", "bedrock"]], {})
            self.assertIn("region", errors)


class Vertex(unittest.TestCase):
    def file(self, folder, content):
        path = Path(folder, "adc.json")
        path.write_text(json.dumps(content))
        return str(path)

    def ask(self, service, environment, settings=()):
        got, errors = ask([["provider", "vertex"], ["base-url", service.url + "/v1"],
                           ["project", "p1"], ["region", "europe-west1"], *settings], environment)
        self.assertIn("blocks", got[0], f"{got} {errors}")
        return service.messages()[-1]

    def test_service_account(self):
        with tempfile.TemporaryDirectory() as folder, \
                Service([("POST", "/token", {"access_token": "tokenSECRET", "expires_in": 3600})]) as service:
            key = subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt",
                                  "rsa_keygen_bits:2048"], capture_output=True, check=True).stdout
            account = self.file(folder, {
                "type": "service_account", "client_email": "me@p1.example", "private_key_id": "k1",
                "private_key": key.decode(), "token_uri": service.url + "/token"})
            request = self.ask(service, {"GOOGLE_APPLICATION_CREDENTIALS": account})
            self.assertEqual("/v1/projects/p1/locations/europe-west1/publishers/anthropic/models/"
                             "claude-opus-5-5:streamRawPredict", request["path"])
            self.assertEqual("Bearer tokenSECRET", request["headers"]["authorization"])
            self.assertNotIn("anthropic-version", request["headers"])
            body = json.loads(request["body"])
            self.assertEqual("vertex-2023-10-16", body["anthropic_version"])
            self.assertNotIn("model", body)
            self.assertTrue(body["stream"])
            self.check_assertion(service.requests[0]["body"].decode(), key, folder)

    def check_assertion(self, form, key, folder):
        assertion = urllib.parse.parse_qs(form)["assertion"][0]
        head, claims, signed = assertion.split(".")
        pad = "=" * (-len(signed) % 4)
        Path(folder, "signature").write_bytes(base64.urlsafe_b64decode(signed + pad))
        Path(folder, "text").write_text(f"{head}.{claims}")
        Path(folder, "key").write_bytes(key)
        subprocess.run(["openssl", "dgst", "-sha256", "-prverify", f"{folder}/key", "-signature",
                        f"{folder}/signature", f"{folder}/text"], check=True, capture_output=True)
        read = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        self.assertEqual(3600, read["exp"] - read["iat"])
        self.assertEqual("https://www.googleapis.com/auth/cloud-platform", read["scope"])
        self.assertEqual({"alg": "RS256", "typ": "JWT", "kid": "k1"},
                         json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))))

    def test_authorized_user(self):
        with tempfile.TemporaryDirectory() as folder, \
                Service([("POST", "/token", {"access_token": "tokenSECRET", "expires_in": 3600})]) as service:
            user = self.file(folder, {"type": "authorized_user", "client_id": "c", "client_secret": "s&=",
                                      "refresh_token": "keySECRET", "token_uri": service.url + "/token"})
            self.ask(service, {"GOOGLE_APPLICATION_CREDENTIALS": user})
            form = urllib.parse.parse_qs(service.requests[0]["body"].decode())
            self.assertEqual({"grant_type": ["refresh_token"], "client_id": ["c"],
                              "client_secret": ["s&="], "refresh_token": ["keySECRET"]}, form)

    def test_metadata(self):
        path = "/computeMetadata/v1/instance/service-accounts/default/token"
        with Service([("GET", path, {"access_token": "tokenSECRET", "expires_in": 3600})]) as service:
            self.ask(service, {"GCE_METADATA_HOST": service.url[7:]})
            self.assertEqual("Google", service.requests[0]["headers"]["metadata-flavor"])

    def test_command(self):
        with Service() as service:
            request = self.ask(service, {}, [["credential-command", "printf tokenSECRET"]])
            self.assertEqual("Bearer tokenSECRET", request["headers"]["authorization"])

    def test_a_refused_token_is_got_anew_once(self):
        tokens = iter(["old", "new"])
        with Service([("POST", "/token", lambda _: {"access_token": next(tokens), "expires_in": 3600}),
                      ("POST", "/v1", lambda request: SSE if request["headers"]["authorization"].endswith("new")
                       else (401, {"error": {"type": "authentication_error", "message": "no"}}))]) as service, \
                tempfile.TemporaryDirectory() as folder:
            user = self.file(folder, {"type": "authorized_user", "client_id": "c", "client_secret": "s",
                                      "refresh_token": "r", "token_uri": service.url + "/token"})
            self.ask(service, {"GOOGLE_APPLICATION_CREDENTIALS": user})


class Foundry(unittest.TestCase):
    def test_key(self):
        with Service() as service:
            got, _ = ask([["provider", "foundry"], ["base-url", service.url + "/anthropic"],
                          ["model", "my-deployment"]], {"ANTHROPIC_FOUNDRY_API_KEY": "keySECRET"})
            self.assertIn("blocks", got[0])
            request = service.messages()[0]
            self.assertEqual("/anthropic/v1/messages", request["path"])
            self.assertEqual("keySECRET", request["headers"]["x-api-key"])
            self.assertNotIn("authorization", request["headers"])
            self.assertEqual("my-deployment", json.loads(request["body"])["model"])

    def test_entra(self):
        with Service([("POST", "/tenant/oauth2", {"access_token": "tokenSECRET", "expires_in": 3600})]) as service:
            got, _ = ask([["provider", "foundry"], ["base-url", service.url + "/anthropic"]],
                         {"AZURE_TENANT_ID": "tenant", "AZURE_CLIENT_ID": "c",
                          "AZURE_CLIENT_SECRET": "keySECRET", "AZURE_AUTHORITY_HOST": service.url})
            self.assertIn("blocks", got[0])
            form = urllib.parse.parse_qs(service.requests[0]["body"].decode())
            self.assertEqual(["https://ai.azure.com/.default"], form["scope"])
            self.assertEqual("Bearer tokenSECRET", service.messages()[0]["headers"]["authorization"])

    def test_managed_identity(self):
        with Service([("GET", "/metadata/identity", {"access_token": "tokenSECRET", "expires_in": "3599"})]) as service:
            got, _ = ask([["provider", "foundry"], ["base-url", service.url]],
                         {"AZURE_POD_IDENTITY_AUTHORITY_HOST": service.url})
            self.assertIn("blocks", got[0])
            self.assertEqual("true", service.requests[0]["headers"]["metadata"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--ask", required=True)
    given, rest = parser.parse_known_args()
    ASK = given.ask
    unittest.main(argv=["providers", *rest])
