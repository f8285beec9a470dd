"""Who of the organisers' side has opened an application and its papers (decision 0016)."""
