"""What jobs share and no result depends on: logs, whole files, the lock, the disk."""
