import os

# A web process that works out how near a search is to all projects has one core, as for all else it does. Else numpy starts a
# thread for each core in every process, and they wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
