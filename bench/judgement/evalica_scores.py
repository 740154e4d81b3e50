"""Scores of evalica on pw_llmfao with their times, one JSON line a method."""

import csv
import json
import sys
import time

import evalica

WINNERS = {"left": evalica.Winner.X, "right": evalica.Winner.Y, "tie": evalica.Winner.Draw}

with open(f"{sys.argv[1]}/pw_llmfao/comparisons.csv", newline="") as file:
    rows = list(csv.DictReader(file))
left = [row["model_x"] for row in rows]
right = [row["model_y"] for row in rows]
winners = [WINNERS[row["winner"]] for row in rows]

for name in ["counting", "average_win_rate", "bradley_terry", "newman", "pagerank"]:
    begun = time.perf_counter()
    result = getattr(evalica, name)(left, right, winners)
    ms = 1000 * (time.perf_counter() - begun)
    print(json.dumps({"method": name, "ms": ms, "scores": {k: float(v) for k, v in result.scores.items()}}))
