"""How long a live pass takes, and what it costs: 50 Fargate clusters of 100 tasks over 200 definitions, 20 ms a call.

    live.py PROGRAM

An AWS on loopback answers each call after the latency. It prints calls, time and peak memory beside what Traefik
v3.7.9 took for the same fleet, and ends with status 1 when a bound is missed.
"""

import asyncio
import collections
import json
import os
import resource
import subprocess
import sys
import threading
import time

CLUSTERS, TASKS, DEFINITIONS, LATENCY, CONCURRENCY = 50, 100, 200, 0.02, 16
# Region, credentials and identity: what the chain may ask beside the pass.
CHAIN_CALLS = 3
TRAEFIK = "Traefik v3.7.9: 5101 calls, 127 s, 147 MB"

ARN = "arn:aws:ecs:eu-west-1:123456789012:"


def task(number):
    cluster, app = f"c{number // TASKS:02}", f"app{number % DEFINITIONS}"
    address = f"10.0.{number // 250}.{number % 250 + 1}"
    arn = f"{ARN}task/{cluster}/{number:032x}"
    return arn, {
        "taskArn": arn,
        "clusterArn": f"{ARN}cluster/{cluster}",
        "taskDefinitionArn": f"{ARN}task-definition/{app}:1",
        "group": f"service:{app}",
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "healthStatus": "HEALTHY",
        "launchType": "FARGATE",
        "attachments": [{"id": "a", "type": "ElasticNetworkInterface", "status": "ATTACHED", "details": []}],
        "containers": [
            {"name": "web", "lastStatus": "RUNNING", "networkInterfaces": [{"privateIpv4Address": address}]}
        ],
    }


def definition(arn):
    app = arn.rsplit("/", 1)[1].split(":")[0]
    return {
        "taskDefinitionArn": arn,
        "family": app,
        "revision": 1,
        "networkMode": "awsvpc",
        "containerDefinitions": [
            {
                "name": "web",
                "image": "example/web",
                "portMappings": [{"containerPort": 80, "hostPort": 80, "protocol": "tcp"}],
                "dockerLabels": {f"traefik.http.routers.{app}.rule": f"Host(`{app}.example.com`)"},
            }
        ],
    }


class FakeAws:
    def __init__(self):
        self.tasks = dict(task(number) for number in range(CLUSTERS * TASKS))
        self.calls = collections.Counter()
        self.ready = threading.Event()
        threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True).start()
        self.ready.wait()

    async def serve(self):
        server = await asyncio.start_server(self.connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        await server.serve_forever()

    async def connection(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                headers = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                answer = self.answer(headers.get("x-amz-target", ""), body)
                await asyncio.sleep(LATENCY)
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(answer), answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def answer(self, target, body):
        action = target.rsplit(".", 1)[-1]
        if not action:
            arn, account = "arn:aws:iam::123456789012:user/u", "123456789012"
            result = f"<GetCallerIdentityResult><Arn>{arn}</Arn><Account>{account}</Account></GetCallerIdentityResult>"
            return f"<GetCallerIdentityResponse>{result}</GetCallerIdentityResponse>".encode()
        self.calls[action] += 1
        asked = json.loads(body)
        name = asked.get("cluster", "").rsplit("/", 1)[-1]
        answers = {
            "listclusters": lambda: {"clusterArns": [f"{ARN}cluster/c{number:02}" for number in range(CLUSTERS)]},
            "listtasks": lambda: {"taskArns": [arn for arn in self.tasks if f"/{name}/" in arn]},
            "describetasks": lambda: {"tasks": [self.tasks[arn] for arn in asked["tasks"]], "failures": []},
            "describetaskdefinition": lambda: {"taskDefinition": definition(asked["taskDefinition"])},
        }
        return json.dumps(answers[action.lower()]()).encode()


def main():
    aws = FakeAws()
    environment = {
        "HOME": "/nonexistent",
        "AWS_ACCESS_KEY_ID": "AKIASPEED",
        "AWS_SECRET_ACCESS_KEY": "speed",
        "AWS_REGION": "eu-west-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{aws.port}",
    }
    command = [os.path.abspath(sys.argv[1]), "render", "--auto-discover-clusters", "--max-rate", "0"]
    command += ["--concurrency", str(CONCURRENCY)]
    start = time.monotonic()
    rendered = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    taken = time.monotonic() - start
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    calls = sum(aws.calls.values())
    bound = 1.4 * calls * LATENCY / CONCURRENCY + CHAIN_CALLS * LATENCY
    print(f"ecsroute: {calls} calls, {taken:.2f} s (bound {bound:.2f} s), {memory:.0f} MB, {len(rendered)} bytes rendered")
    print(TRAEFIK)
    sys.exit(0 if calls == 301 and taken <= bound and memory <= 60 else 1)


main()
