"""A real SMTP server for the tests. The recipient's name picks the fault; every message taken is a line of JSON.

Prints its port. `python smtp_sink.py FILE [PORT]`
"""

import asyncio
import json
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller


class Sink:
    def __init__(self, path):
        self.path = path
        self.seen = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name.startswith("nobody"):
            return "550 no such user"
        if name.startswith("busy"):
            tries = self.seen[address] = self.seen.get(address, 0) + 1
            if tries <= 2:
                return "451 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=default)
        parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
        line = {
            "to": envelope.rcpt_tos,
            "headers": {name: str(value) for name, value in message.items()},
            "text": parts.get("text/plain", ""),
            "html": parts.get("text/html", ""),
        }
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
        if any(to.startswith("dropafter") for to in envelope.rcpt_tos) and not self.seen.get("dropped"):
            # taken, but the answer is lost on the way
            self.seen["dropped"] = True
            session.peer and server.transport.abort()
            return "250 OK"
        return "250 OK"


async def main():
    path, port = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    controller = Controller(Sink(path), hostname="127.0.0.1", port=port)
    server = await asyncio.get_running_loop().create_server(controller.factory, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
