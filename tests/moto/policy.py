"""`check-policy` against moto, a mock AWS that others wrote, with its IAM switched on: who lacks one action is told it.

    policy.py PROGRAM

It needs `moto[server]` and `boto3`. It ends with status 0 when everything holds.
"""

import json
import logging
import os
import subprocess
import sys

# So many calls need no permission; from then on IAM is on.
SETUP_CALLS = 60
os.environ["INITIAL_NO_AUTH_ACTION_COUNT"] = str(SETUP_CALLS)

import boto3  # noqa: E402
from moto.server import ThreadedMotoServer  # noqa: E402

REGION = "eu-west-1"
ACTIONS = [
    "ecs:ListClusters",
    "ecs:DescribeClusters",
    "ecs:ListTasks",
    "ecs:DescribeTasks",
    "ecs:DescribeContainerInstances",
    "ecs:DescribeTaskDefinition",
    "ec2:DescribeInstances",
    "ssm:DescribeInstanceInformation",
]
# What moto may not implement: it says no to those who may not, and fails for those who may.
MAYBE_MISSING = {"ssm:DescribeInstanceInformation"}
ALL = ["--documented", "--auto-discover-clusters", "--ecs-anywhere", "--format", "json"]


class Account:
    """Users with policies, made while IAM is still off."""

    def __init__(self, url):
        self.calls = 0
        keys = {"aws_access_key_id": "AKIASETUP", "aws_secret_access_key": "setup"}
        client = lambda service: boto3.client(service, region_name=REGION, endpoint_url=url, **keys)
        self.iam, self.ecs, self.ec2 = client("iam"), client("ecs"), client("ec2")

    def call(self, operation, **arguments):
        self.calls += 1
        return operation(**arguments)

    def cluster(self, name):
        """A cluster with a container instance: without one moto fails where it should find nothing."""
        self.call(self.ecs.create_cluster, clusterName=name)
        image = self.call(self.ec2.describe_images)["Images"][0]["ImageId"]
        made = self.call(self.ec2.run_instances, ImageId=image, MinCount=1, MaxCount=1)["Instances"][0]
        document = json.dumps({"instanceId": made["InstanceId"], "region": REGION, "accountId": "123456789012"})
        self.call(self.ecs.register_container_instance, cluster=name, instanceIdentityDocument=document)

    def user(self, name, document):
        """The keys of a new user with this policy."""
        self.call(self.iam.create_user, UserName=name)
        text = json.dumps(document)
        self.call(self.iam.put_user_policy, UserName=name, PolicyName="traefik", PolicyDocument=text)
        key = self.call(self.iam.create_access_key, UserName=name)["AccessKey"]
        return key["AccessKeyId"], key["SecretAccessKey"]

    def switch_iam_on(self):
        """Uses up the calls that need no permission."""
        while self.calls < SETUP_CALLS:
            self.call(self.ecs.list_clusters)


def allow(actions):
    return {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}],
    }


def run(program, url, keys, *arguments):
    environment = {
        "HOME": "/nonexistent",
        "AWS_ENDPOINT_URL": url,
        "AWS_REGION": REGION,
        "AWS_ACCESS_KEY_ID": keys[0],
        "AWS_SECRET_ACCESS_KEY": keys[1],
    }
    ran = subprocess.run(
        [program, "check-policy", *arguments], env=environment, capture_output=True, text=True, timeout=60
    )
    assert keys[1] not in ran.stdout + ran.stderr, "a secret is printed"
    return ran.returncode, ran.stdout, ran.stderr


def check(program, url, keys, missing):
    """Live, exactly the missing actions are told as denied."""
    status, out, err = run(program, url, keys, *ALL)
    verdicts = {action["action"]: action["verdict"] for action in json.loads(out)["actions"]}
    denied = [action for action, verdict in verdicts.items() if "denied" in verdict]
    unknown = {action for action, verdict in verdicts.items() if verdict == "unknown"}
    assert denied == missing, (missing, verdicts, err)
    assert unknown <= MAYBE_MISSING, (verdicts, err)
    assert status == (3 if unknown else 1 if missing else 0), (status, verdicts, err)


def main():
    program = os.path.abspath(sys.argv[1])
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        url = f"http://{host}:{port}".replace("0.0.0.0", "127.0.0.1")
        status, suggested, err = run(
            program, url, ("AKIANONE", "none"), "--suggest", "--unscoped", "--documented", "--auto-discover-clusters",
            "--ecs-anywhere",
        )
        assert status == 0, err
        account = Account(url)
        account.cluster("prod")
        whole = account.user("suggested", json.loads(suggested))
        without = {
            action: account.user(f"without-{number}", allow(other for other in ACTIONS if other != action))
            for number, action in enumerate(ACTIONS)
        }
        account.switch_iam_on()
        check(program, url, whole, [])
        for action, keys in without.items():
            check(program, url, keys, [action])
    finally:
        server.stop()
    print("moto: each action that a user lacks is told, and what is suggested suffices")


main()
