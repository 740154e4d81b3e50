"""Runs crowd-kit over the same sets: one JSON line per set and method. Usage: crowd_kit.py FOLDER full|quick SET..."""

import json
import sys
import time

import pandas as pd
from crowdkit.aggregation import GLAD, MACE, DawidSkene, MajorityVote, OneCoinDawidSkene, Wawa

QUICK_LIMIT = 6_000

folder, mode, sets = sys.argv[1], sys.argv[2], sys.argv[3:]
methods = {
    "majority": MajorityVote,
    "wawa": Wawa,
    "dawid-skene": lambda: DawidSkene(n_iter=100),
    "one-coin": lambda: OneCoinDawidSkene(n_iter=100),
    "mace": lambda: MACE(n_restarts=10, n_iter=50),
    "glad": lambda: GLAD(n_iter=100),
}
for name in sets:
    answers = pd.read_csv(f"{folder}/{name}/answers.csv", dtype=str)
    truth = pd.read_csv(f"{folder}/{name}/truth.csv", dtype=str).drop_duplicates("task").set_index("task")["label"]
    for method, make in methods.items():
        if mode == "quick" and len(answers) > QUICK_LIMIT and method not in ("majority", "dawid-skene"):
            continue
        start = time.process_time()
        model = make()
        try:
            labels = model.fit(answers).labels_ if method == "one-coin" else model.fit_predict(answers)
        except Exception as fault:  # Some of its methods fail with newer versions of what it stands on
            print(json.dumps({"set": name, "method": method, "fault": str(fault)[:60]}), flush=True)
            continue
        ms = 1000 * (time.process_time() - start)
        percent = 100 * (labels.reindex(truth.index) == truth).mean()
        print(json.dumps({"set": name, "method": method, "percent": percent, "ms": ms}), flush=True)
