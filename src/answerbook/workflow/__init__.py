"""What the rules need: config, digests of code, one call at a time. Only .smk files import it."""
