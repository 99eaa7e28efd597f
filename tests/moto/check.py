"""ecsroute against moto, a mock AWS that others wrote: what is made through its API is discovered, recorded, replayed.

    check.py PROGRAM

It needs `moto[server]` and `boto3`. It ends with status 0 when everything holds.
"""

import json
import os
import subprocess
import sys
import tempfile

import boto3
from moto.server import ThreadedMotoServer

REGION = "eu-west-1"
KEYS = {"aws_access_key_id": "AKIAMOTO", "aws_secret_access_key": "SENTINEL-moto-secret"}
LABELS = {"traefik.http.routers.api.rule": "Host(`api.example.com`)"}


class Fleet:
    """Two clusters: Fargate tasks in one, a task on a container instance in the other."""

    def __init__(self, url):
        client = lambda service: boto3.client(service, region_name=REGION, endpoint_url=url, **KEYS)
        self.ecs, self.ec2 = client("ecs"), client("ec2")
        for cluster in ("prod", "edge"):
            self.ecs.create_cluster(clusterName=cluster)
        self.fargate()
        self.bridged()

    def define(self, family, mode, labels=LABELS):
        container = {
            "name": "web",
            "image": "example/web",
            "memory": 64,
            "cpu": 10,
            "essential": True,
            "portMappings": [{"containerPort": 8080, "hostPort": 8080, "protocol": "tcp"}],
            "dockerLabels": labels,
        }
        extra = {"requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"} if mode == "awsvpc" else {}
        self.ecs.register_task_definition(family=family, networkMode=mode, containerDefinitions=[container], **extra)

    def fargate(self):
        self.define("api", "awsvpc")
        subnet = self.ec2.describe_subnets()["Subnets"][0]["SubnetId"]
        group = self.ec2.describe_security_groups()["SecurityGroups"][0]["GroupId"]
        network = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}}
        self.ecs.run_task(
            cluster="prod", taskDefinition="api", launchType="FARGATE", count=3, networkConfiguration=network
        )

    def bridged(self):
        self.define("shop", "bridge")
        image = self.ec2.describe_images()["Images"][0]["ImageId"]
        made = self.ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]
        document = json.dumps({"instanceId": made["InstanceId"], "region": REGION, "accountId": "123456789012"})
        self.ecs.register_container_instance(cluster="edge", instanceIdentityDocument=document)
        self.ecs.run_task(cluster="edge", taskDefinition="shop", launchType="EC2", count=1)
        self.address = made["PrivateIpAddress"]


class Program:
    """The program, with moto for its AWS."""

    def __init__(self, path, url):
        self.path = path
        self.environment = {
            "HOME": "/nonexistent",
            "AWS_ENDPOINT_URL": url,
            "AWS_REGION": REGION,
            "AWS_ACCESS_KEY_ID": KEYS["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": KEYS["aws_secret_access_key"],
        }

    def run(self, *arguments, expect=0):
        ran = subprocess.run([self.path, *arguments], env=self.environment, capture_output=True, text=True, timeout=60)
        told = f"{arguments}: status {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
        assert ran.returncode == expect, told
        assert KEYS["aws_secret_access_key"] not in ran.stdout + ran.stderr, told
        return ran.stdout, ran.stderr


def check_snapshot(program, fleet, folder):
    path = os.path.join(folder, "fleet.json.gz")
    program.run("snapshot", "--auto-discover-clusters", "-o", path)
    recorded = json.loads(program.run("snapshot", "--snapshot", path)[0])
    names = sorted(cluster["clusterName"] for cluster in recorded["clusters"])
    assert names == ["edge", "prod"], names
    assert len(recorded["tasks"]) == 4, recorded["tasks"]
    assert len(recorded["taskDefinitions"]) == 2, recorded["taskDefinitions"]
    assert recorded["ec2Instances"][0]["PrivateIpAddress"] == fleet.address, recorded["ec2Instances"]
    assert recorded["account"] == "123456789012", recorded["account"]
    assert recorded["errors"] == [], recorded["errors"]
    return path


def check_discovery(program, path):
    """The same containers with the same fate, live and replayed; moto gives tasks no network interfaces."""
    judged = []
    for source in (["--auto-discover-clusters"], ["--snapshot", path]):
        document = json.loads(program.run("discover", "--format", "json", *source)[0])
        assert document["complete"], document
        judged.append(document["containers"])
    assert judged[0] == judged[1], judged
    tasks = {(container["cluster"], container["reason"]) for container in judged[0]}
    assert ("prod", "network-interface-missing") in tasks, tasks


def check_lint(program, fleet, folder):
    """What `aws ecs describe-task-definition` answers is read as it is: the planted error is found, its twin is quiet."""
    for field, status in (("rul", 1), ("rule", 0)):
        fleet.define("linted", "awsvpc", {f"traefik.http.routers.linted.{field}": "Host(`linted.example.com`)"})
        answer = fleet.ecs.describe_task_definition(taskDefinition="linted")
        path = os.path.join(folder, f"{field}.json")
        with open(path, "w") as file:
            json.dump(answer, file, default=str)
        told, _ = program.run("lint", path, expect=status)
        assert ("ECS001" in told) == (field == "rul"), told


def check_lost_cluster(program):
    _, told = program.run("discover", "--cluster", "prdo", expect=3)
    assert "edge" in told and "prod" in told and "--auto-discover-clusters" in told, told


def main():
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}".replace("0.0.0.0", "127.0.0.1")
        fleet, program = Fleet(url), Program(os.path.abspath(sys.argv[1]), url)
        with tempfile.TemporaryDirectory() as folder:
            path = check_snapshot(program, fleet, folder)
            check_discovery(program, path)
            check_lint(program, fleet, folder)
            check_lost_cluster(program)
    finally:
        server.stop()
    print("moto: discovered, recorded, replayed and linted")


main()
