# One area's rating as a person would say it; editions, groups of peers.
