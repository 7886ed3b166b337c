"""An S3 store on loopback, and sites that keep their files there."""

import uuid
from contextlib import contextmanager

import boto3
from django.core.files.storage import default_storage
from moto.server import ThreadedMotoServer

KEY, SECRET = "key", "secret"


@contextmanager
def running():
    """Run a store for as long as this lasts; yields its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()


def client_of(address):
    return boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1", aws_access_key_id=KEY, aws_secret_access_key=SECRET
    )


def use(settings, address, prefix="site"):
    """Have the site keep its files in a new bucket; returns the bucket's name."""
    bucket = f"files-{uuid.uuid4().hex}"
    client_of(address).create_bucket(Bucket=bucket)
    options = {"access_key": KEY, "secret_key": SECRET, "endpoint_url": address, "bucket_name": bucket}
    store = {"BACKEND": "config.private_store.PrivateStore", "OPTIONS": options | {"location": prefix}}
    settings.STORAGES = settings.STORAGES | {"default": store}
    return bucket


def names():
    """Return the names of all files in the site's store."""

    def below(folder):
        folders, files = default_storage.listdir(folder)
        yield from (f"{folder}{name}" for name in files)
        for name in folders:
            yield from below(f"{folder}{name}/")

    return set(below(""))
