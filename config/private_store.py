"""Files in an S3-compatible store: private, never overwritten, and given out by the site's own pages only."""

from botocore.config import Config
from storages.backends.s3 import S3Storage

MOST_IN_MEMORY = 5_000_000
# A store that is away is said to be away within seconds: no page waits for minutes. Checksums that older stores do
# not know are left out; what is read is compared with its own digest where that counts.
CLIENT = Config(
    signature_version="s3v4",
    connect_timeout=3,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 2},
    s3={"addressing_style": "path"},
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class PrivateStore(S3Storage):
    def get_default_settings(self):
        return super().get_default_settings() | {
            "client_config": CLIENT,
            "default_acl": None,
            "file_overwrite": False,
            "max_memory_size": MOST_IN_MEMORY,
            "session_profile": None,
        }

    @property
    def bucket(self):
        """That of this thread: the library's is shared, though a boto3 resource is not safe among threads."""
        return self.connection.Bucket(self.bucket_name)

    def url(self, name, *args, **kwargs):
        """Refuse: a signed address would pass by visible_to, and be passed on."""
        raise ValueError("Files of this store have no address: the site's own pages give them out.")
