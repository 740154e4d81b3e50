"""The Python client against a running server: what is logged is what is read back, and refusals say why."""

import io
import math
import sys
from datetime import datetime, timezone
from pathlib import Path

import httpx
import pandas
from chiron_client import Chiron, Refused, RolloutDetail

passed = failed = 0


def check(what: str, holds: bool) -> None:
    global passed, failed
    print(f"{'ok    ' if holds else 'FAIL  '}{what}")
    passed, failed = (passed + 1, failed) if holds else (passed, failed + 1)


def refusal(call) -> Exception | None:
    try:
        call()
    except (Refused, ValueError, LookupError) as error:
        return error
    return None


SUITE = {"suite": "Kitchen@1", "scenario": "cup-bright-none"}
JOINTS = pandas.DataFrame({"time_ms": [0.0, 20.0, 40.5], "shoulder": [0.1, 1 / 3, math.nan], "elbow": [1e-12, -2.0, 3.0]})


def log_and_read(chiron: Chiron, clip: str) -> RolloutDetail:
    recorded_at = datetime(2026, 11, 20, 12, 30, tzinfo=timezone.utc)
    given = dict(SUITE, success=False, failure="failure.dropped", progress=0.4, seed=7, note="It tips over.")
    given |= dict(recorded_at=recorded_at, videos={"front": clip}, trajectories={"state": JOINTS}, starts_ms={"state": 12.5})
    made = chiron.log_rollout("pi-zero@step-40k", **given)
    check("a rollout comes in in one call", made.policy_name == "pi-zero" and made.policy_label == "step-40k")
    told = (made.success, made.failure_id, made.progress, made.seed, made.note, made.recorded_at, made.scenario_key)
    check("its facts are those given", told == (False, "failure.dropped", 0.4, 7, "It tips over.", recorded_at, "cup-bright-none"))
    front, state = made.streams
    check("the film lies there as it was sent", stream(chiron, made, "front") == Path(clip).read_bytes() and front.kind == "video")
    kept = pandas.read_csv(io.BytesIO(stream(chiron, made, "state")))
    check("a DataFrame comes back to the last bit, gaps included", kept.equals(JOINTS) and state.start_ms == 12.5)
    check("read again it is the same", chiron.rollout(made.id) == made)
    check("the same run comes in once", chiron.log_rollout("pi-zero@step-40k", **given).id == made.id)
    other = chiron.log_rollout("pi-zero@step-20k", **given)
    check("under another version it is another", other.id != made.id)
    return made


def stream(chiron: Chiron, rollout: RolloutDetail, name: str) -> bytes:
    return chiron._http.get(f"/api/rollouts/{rollout.id}/streams/{name}").read()


def lists(chiron: Chiron) -> None:
    for at in range(230):
        chiron.log_rollout("act@v1", **SUITE, world="sim", success=at % 3 > 0, run=f"run {at}")
    chiron.log_rollout("act@v1", **SUITE, world="sim", success=True, run="run 1")
    frame = chiron.rollouts_frame(suite="Kitchen@1", world="sim")
    check("more rollouts than a page holds are read as a DataFrame", frame.shape[0] == 230 and frame["id"].is_unique)
    check("and are those that went in", int(frame["success"].sum()) == sum(at % 3 > 0 for at in range(230)))
    failures = list(chiron.rollouts(suite="Kitchen@1", world="sim", outcome="failure"))
    check("filters are the server's", len(failures) == 77 and all(each.success is False for each in failures))
    check("none fits: an empty DataFrame with its columns", list(chiron.rollouts_frame(world="sim", outcome="unknown"))[:2] == ["id", "digest"])
    first, second = (chiron.log_rollout("act@v2", success=True) for _ in range(2))
    check("without streams or a name every call is a run of its own", first.id != second.id)


def leaderboards(chiron: Chiron) -> None:
    board = chiron.leaderboard("Kitchen@1", world="sim")
    check("a leaderboard before any vote settles nothing", board.vote_count == 0 and not board.settled.best)
    frame = chiron.leaderboard_frame("Kitchen@1", world="sim")
    check("it is read as a DataFrame, a row a version", frame["policy_name"].tolist() == ["act"] and frame["rollout_count"].tolist() == [230])
    share = frame.iloc[0]
    bounds = share.success_low < share.success < share.success_high
    check("with the share of success and its interval", bool(bounds) and share.success_n == 230 and abs(share.success - 153 / 230) < 1e-12)
    part = chiron.leaderboard_frame("Kitchen@1", world="sim", factor="light", level="dim")
    check("of one level alone it has no row: nothing ran there", part.empty and "strength" in part.columns)
    wrong = refusal(lambda: chiron.leaderboard("Kitchen@1", factor="light", level="dark"))
    check("a level that is not there is refused", isinstance(wrong, Refused) and wrong.code == "bad-input")


def use(chiron: Chiron) -> None:
    at = datetime(2026, 11, 20, tzinfo=timezone.utc)
    for label, succeeded in (("v1", 55), ("v3", 20), ("v4", 90)):
        for run in range(5):
            chiron.log_rollout(f"act@{label}", **SUITE, success=run * 20 < succeeded, run=f"{label} {run}")
        given = dict(success_count=succeeded, failure_count=100 - succeeded, failure="failure.dropped", client_id=f"report {label}")
        made = [chiron.log_deployment(f"act@{label}", "towels", place="Lyon", happened_at=at, **given) for _ in range(2)]
        check(f"a report of use counts once: {label}", made[0].id == made[1].id and made[0].success_count == succeeded)
    power = chiron.validity("Kitchen@1")
    order = [item.policy_label for item in power.items]
    check("a benchmark that foretells use says so", power.spearman.value == 1 and power.mmrv.value == 0 and order == ["v4", "v1", "v3"])
    unsaid = refusal(lambda: chiron.log_deployment("act@v1", "towels", happened_at=at))
    check("a report without an outcome is said before anything is sent", isinstance(unsaid, ValueError))


def refusals(chiron: Chiron, work: Path) -> None:
    bad = refusal(lambda: chiron.log_rollout("pi-zero@x", success=True, trajectories={"state": work / "bad.csv"}))
    check(f"a malformed stream is refused with its row: {bad}", isinstance(bad, Refused) and bad.code == "malformed" and bad.facts.get("row") == 4)
    nowhere = refusal(lambda: chiron.log_rollout("pi-zero@x", suite="Kitchen@1", scenario="none", success=True))
    check("a scenario that is not there is refused", isinstance(nowhere, Refused) and nowhere.status == 400)
    for what, call in {
        "a policy without a version": lambda: chiron.log_rollout("pi-zero", success=True),
        "a suite without a scenario": lambda: chiron.log_rollout("a@b", suite="Kitchen@1", success=True),
        "a suite nobody knows": lambda: chiron.suite("Bathroom"),
        "a moment without a time zone": lambda: chiron.log_rollout("a@b", success=True, recorded_at=datetime(2026, 1, 1)),
        "columns of unequal length": lambda: chiron.log_rollout("a@b", trajectories={"s": {"time_ms": [0], "x": [1, 2]}}),
        "a start of no stream": lambda: chiron.log_rollout("a@b", success=True, starts_ms={"front": 1}),
    }.items():
        check(f"{what} is said before anything is sent", isinstance(refusal(call), (ValueError, LookupError)))
    stranger = refusal(lambda: Chiron(key="chk_none").policy_version("a@b"))
    check("a key that is none is refused", isinstance(stranger, Refused) and stranger.status == 401)


def broken_link(chiron: Chiron) -> None:
    """Every other part is lost on its way after the server has it, or before."""
    send, turns = chiron._http.send, iter(range(10_000))

    def lossy(request: httpx.Request, **how) -> httpx.Response:
        if request.method != "PATCH":
            return send(request, **how)
        turn = next(turns) % 3
        if turn == 0:
            raise httpx.ConnectError("the link is down", request=request)
        reply = send(request, **how)
        if turn == 1:
            raise httpx.ReadError("the link broke", request=request)
        return reply

    chiron._http.send = lossy
    rows = 300_000
    long = {"time_ms": list(range(rows)), "shoulder": [math.sin(at) for at in range(rows)]}
    made = chiron.log_rollout("pi-zero@long", trajectories={"state": long})
    chiron._http.send = send
    check(f"{made.streams[0].bytes} bytes get through a link that breaks", made.streams[0].sample_count == rows)


def main(clip: str, work: Path) -> None:
    with Chiron() as chiron:
        log_and_read(chiron, clip)
        lists(chiron)
        leaderboards(chiron)
        use(chiron)
        refusals(chiron, work)
        broken_link(chiron)


main(sys.argv[1], Path(sys.argv[2]))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
