#!/usr/bin/env python3
"""What a pass over a large snapshot costs, beside what it costs Python to read the same file.

    cargo build --release && benches/snapshot.py [--tasks 100000] [--definitions 5000]

Makes a snapshot of so many tasks and definitions (92 MB by default), then runs `ecsroute render --snapshot` on it and
`json.load`, in turn and each several times in a process of its own, and prints the least processor time (which hardly
depends on what else the machine does), the least time on the clock, and the most memory of each; then the processor
time of `ecsroute --version` and `ecsroute discover --demo`, and that of the pure core over 10,000 containers of as many
definitions (`cargo bench --bench core`; Traefik's own code takes 311 to 488 ms for them). Fails when ecsroute takes
longer than `json.load`, more than three times the file's size in memory, 5 ms for its version, 20 ms for the demo or
40 ms for the core.
"""

import argparse
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

REGION, ACCOUNT, CLUSTER = "eu-west-1", "123456789012", "prod"
ARN = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
PADDING = "An environment variable whose value is as long as they tend to be. "


def definition(number):
    name = f"service-{number:05}"
    labels = {
        f"traefik.http.routers.{name}.rule": f"Host(`{name}.example.com`) && PathPrefix(`/v{number % 7}`)",
        f"traefik.http.routers.{name}.entrypoints": "websecure",
        f"traefik.http.routers.{name}.tls.certresolver": "le",
        f"traefik.http.services.{name}.loadbalancer.server.port": "8080",
        f"traefik.http.services.{name}.loadbalancer.healthcheck.path": "/ready",
        "team": f"team-{number % 40}",
    }
    environment = [{"name": f"SETTING_{index}", "value": PADDING} for index in range(8)]
    container = {
        "name": "app",
        "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{name}:1",
        "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "environment": environment,
        "dockerLabels": labels,
    }
    return {
        "taskDefinitionArn": f"{ARN}:task-definition/{name}:1",
        "family": name,
        "revision": 1,
        "networkMode": "awsvpc",
        "containerDefinitions": [container],
    }


def task(number, definitions):
    of = number % definitions
    name, identity = f"service-{of:05}", hashlib.md5(str(number).encode()).hexdigest()
    attachment = identity[:8]
    address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    container = {
        "containerArn": f"{ARN}:container/{CLUSTER}/{identity}/{attachment}",
        "taskArn": f"{ARN}:task/{CLUSTER}/{identity}",
        "name": "app",
        "lastStatus": "RUNNING",
        "networkBindings": [],
        "networkInterfaces": [{"attachmentId": attachment, "privateIpv4Address": address}],
        "healthStatus": "UNKNOWN",
    }
    return {
        "taskArn": f"{ARN}:task/{CLUSTER}/{identity}",
        "clusterArn": f"{ARN}:cluster/{CLUSTER}",
        "taskDefinitionArn": f"{ARN}:task-definition/{name}:1",
        "lastStatus": "RUNNING",
        "desiredStatus": "RUNNING",
        "healthStatus": "UNKNOWN",
        "launchType": "FARGATE",
        "group": f"service:{name}",
        "attachments": [{"id": attachment, "type": "ElasticNetworkInterface", "status": "ATTACHED"}],
        "containers": [container],
    }


def compact(record):
    return json.dumps(record, separators=(",", ":"))


def make(path, tasks, definitions):
    order = list(range(tasks))
    random.Random(7).shuffle(order)
    with open(path, "w") as file:
        file.write('{"version": 1, "region": "%s", "account": "%s", "settings": {"clusters": ["%s"]},\n' % (REGION, ACCOUNT, CLUSTER))
        cluster = {"clusterArn": f"{ARN}:cluster/{CLUSTER}", "clusterName": CLUSTER, "status": "ACTIVE"}
        file.write('"clusters": [%s],\n"tasks": [\n' % json.dumps(cluster))
        file.write(",\n".join(compact(task(number, definitions)) for number in order))
        file.write('\n],\n"taskDefinitions": [\n')
        file.write(",\n".join(compact(definition(number)) for number in range(definitions)))
        file.write('\n],\n"containerInstances": [], "ec2Instances": [], "ssmInstances": []}\n')


class Cost:
    """The least seconds of a processor and of the clock, and the most bytes, of several runs of a command."""

    def __init__(self, *command):
        self.command = command
        self.processor, self.clock, self.memory = float("inf"), float("inf"), 0

    def run(self):
        started = time.monotonic()
        silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
        process = os.posix_spawnp(self.command[0], self.command, os.environ, file_actions=silent)
        _, status, usage = os.wait4(process, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{self.command[0]} failed")
        self.clock = min(self.clock, time.monotonic() - started)
        self.processor = min(self.processor, usage.ru_utime + usage.ru_stime)
        self.memory = max(self.memory, usage.ru_maxrss * 1024)


def core():
    """Milliseconds of one core that a pass over 10,000 containers takes."""
    bench = ["cargo", "bench", "--locked", "--bench", "core", "--", "--noplot"]
    folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    told = subprocess.run(bench, cwd=folder, check=True, stdout=subprocess.PIPE, text=True).stdout
    return float(re.search(r"time: +\[\S+ ms (\S+) ms", told)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--definitions", type=int, default=5_000)
    parser.add_argument("--binary", default="target/release/ecsroute")
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "fleet.json")
        make(path, arguments.tasks, arguments.definitions)
        size = os.path.getsize(path)
        output = os.path.join(folder, "ecs.toml")
        ours = Cost(arguments.binary, "render", "--snapshot", path, "--no-static-config", "-q", "-o", output)
        theirs = Cost(sys.executable, "-c", "import json,sys; json.load(open(sys.argv[1]))", path)
        for _ in range(arguments.runs):
            ours.run()
            theirs.run()
    version, demo = Cost(arguments.binary, "--version"), Cost(arguments.binary, "discover", "--demo", "--no-static-config")
    for _ in range(arguments.runs * 5):
        version.run()
        demo.run()
    print(f"{arguments.tasks} tasks, {arguments.definitions} definitions, {size / 1e6:.0f} MB")
    for name, cost in (("ecsroute render", ours), ("json.load", theirs)):
        times = f"{cost.processor:6.2f} s of a processor, {cost.clock:6.2f} s on the clock"
        print(f"{name:16} {times}, {cost.memory / 1e6:4.0f} MB, {cost.memory / size:.1f} × the file")
    for name, cost in (("ecsroute --version", version), ("ecsroute discover --demo", demo)):
        print(f"{name:24} {cost.processor * 1e3:4.1f} ms of a processor")
    took = core()
    print(f"{'10,000 containers':24} {took:4.1f} ms of a core")
    slow = took > 40 or ours.processor > theirs.processor or version.processor > 0.005 or demo.processor > 0.020
    if slow or ours.memory > 3 * size:
        sys.exit("slower or larger than it should be")


if __name__ == "__main__":
    main()
