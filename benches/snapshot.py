#!/usr/bin/env python3
"""How long a pass over a large snapshot takes, beside what it costs Python to read the same file.

    cargo build --release && benches/snapshot.py [--tasks 100000] [--definitions 5000]

Makes a snapshot of so many tasks and definitions (88 MB by default), then runs `ecsroute render --snapshot` on it and
`json.load`, each several times in a process of its own, and prints the best time and the most memory of each. Fails
when ecsroute takes longer than `json.load` or more than three times the file's size in memory.
"""

import argparse
import hashlib
import json
import os
import random
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


def make(path, tasks, definitions):
    order = list(range(tasks))
    random.Random(7).shuffle(order)
    with open(path, "w") as file:
        file.write('{"version": 1, "region": "%s", "account": "%s", "settings": {"clusters": ["%s"]},\n' % (REGION, ACCOUNT, CLUSTER))
        cluster = {"clusterArn": f"{ARN}:cluster/{CLUSTER}", "clusterName": CLUSTER, "status": "ACTIVE"}
        file.write('"clusters": [%s],\n"tasks": [\n' % json.dumps(cluster))
        file.write(",\n".join(json.dumps(task(number, definitions)) for number in order))
        file.write('\n],\n"taskDefinitions": [\n')
        file.write(",\n".join(json.dumps(definition(number)) for number in range(definitions)))
        file.write('\n],\n"containerInstances": [], "ec2Instances": [], "ssmInstances": []}\n')


def measure(command, runs):
    """The least seconds and the most bytes of several runs."""
    seconds, memory = float("inf"), 0
    for _ in range(runs):
        started = time.monotonic()
        process = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
        _, status, usage = os.wait4(process, 0)
        seconds = min(seconds, time.monotonic() - started)
        memory = max(memory, usage.ru_maxrss * 1024)
        if os.waitstatus_to_exitcode(status) != 0:
            sys.exit(f"{command[0]} failed")
    return seconds, memory


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
        ours = measure([arguments.binary, "render", "--snapshot", path, "--no-static-config", "-q", "-o", output], arguments.runs)
        theirs = measure([sys.executable, "-c", "import json,sys; json.load(open(sys.argv[1]))", path], arguments.runs)
    print(f"{arguments.tasks} tasks, {arguments.definitions} definitions, {size / 1e6:.0f} MB")
    for name, (seconds, memory) in (("ecsroute render", ours), ("json.load", theirs)):
        print(f"{name:16} {seconds:6.2f} s {memory / 1e6:7.0f} MB, {memory / size:.1f} × the file")
    if ours[0] > theirs[0] or ours[1] > 3 * size:
        sys.exit("slower or larger than it should be")


if __name__ == "__main__":
    main()
