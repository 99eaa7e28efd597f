#!/usr/bin/env python3
"""How long `lint` takes for very many task definitions.

    cargo build --release && benches/lint.py [--definitions 10000] [--program target/release/ecsroute]

Makes so many files of one definition each, in folders of a hundred, and one template with as many resources; lints each
five times and prints the least CPU time and the most memory. Fails when either takes two seconds or more.
"""

import argparse
import json
import os
import pathlib
import sys
import tempfile


def container(number):
    name = f"service-{number:05}"
    return {
        "name": "app",
        "image": f"example/{name}:1",
        "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
        "environment": [{"name": f"SETTING_{index}", "value": "a value as long as they tend to be"} for index in range(8)],
        "dockerLabels": {
            f"traefik.http.routers.{name}.rule": f"Host(`{name}.example.com`) && PathPrefix(`/v{number % 7}`)",
            f"traefik.http.routers.{name}.entrypoints": "websecure",
            f"traefik.http.routers.{name}.tls.certresolver": "le",
            f"traefik.http.services.{name}.loadbalancer.server.port": "8080",
            "team": f"team-{number % 40}",
        },
    }


def definition(number):
    return {
        "family": f"service-{number:05}",
        "networkMode": "awsvpc",
        "containerDefinitions": [container(number)],
    }


def capitalised(value):
    """ECS's names as CloudFormation spells them; labels stay."""
    if isinstance(value, list):
        return [capitalised(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {key[0].upper() + key[1:]: item if key == "dockerLabels" else capitalised(item) for key, item in value.items()}


def measured(arguments):
    """Seconds of CPU time and megabytes of one run; its output goes nowhere."""
    child = os.fork()
    if child == 0:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{arguments}: status {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--definitions", type=int, default=10_000)
    parser.add_argument("--program", default="target/release/ecsroute")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    slow = False
    with tempfile.TemporaryDirectory() as folder:
        files, template = pathlib.Path(folder, "files"), pathlib.Path(folder, "template.json")
        for number in range(arguments.definitions):
            path = files / f"team-{number // 100:03}" / f"service-{number:05}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(definition(number), indent=2))
        resources = {
            f"Task{number}": {"Type": "AWS::ECS::TaskDefinition", "Properties": capitalised(definition(number))}
            for number in range(arguments.definitions)
        }
        template.write_text(json.dumps({"Resources": resources}, indent=2))
        for what in (files, template):
            runs = [measured([program, "lint", str(what)]) for _ in range(5)]
            seconds, memory = min(run[0] for run in runs), max(run[1] for run in runs)
            slow |= seconds >= 2
            print(f"{arguments.definitions} definitions in {what.name}: {seconds:.2f} s of CPU time, {memory:.0f} MB")
    sys.exit(slow)


main()
