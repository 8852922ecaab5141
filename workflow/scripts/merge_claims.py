"""Put the chapters' claims together, in the order of the questions."""

from answerbook.claims.records import merge, read_claims, write_claims
from answerbook.jobs.logs import logged_to

if __name__ == "__main__":
    with logged_to(snakemake.log[0]):
        write_claims(snakemake.output.claims, merge(map(read_claims, snakemake.input.chapters)))
