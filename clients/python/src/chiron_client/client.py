"""Logging rollouts and reading them back."""

from __future__ import annotations

import hashlib
import json
import os
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import httpx

from .models import Deployment, Leaderboard, LeaderboardItem, Policy, PolicyVersion, Rollout, RolloutDetail, Suite, Validity
from .streams import Trajectory, trajectory_csv
from .upload import upload

if TYPE_CHECKING:
    from pandas import DataFrame

PAGE = 200
TIMEOUT_SECONDS = 60.0


class Refused(Exception):
    """The server said no; ``code`` is stable, the message is for people."""

    def __init__(self, status: int, code: str, message: str, facts: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.status, self.code, self.facts = status, code, dict(facts)


class Chiron:
    """A connection to one Chiron, by default the one of CHIRON_URL and CHIRON_API_KEY.

    May be used as a context manager. Not to be shared by threads.
    """

    def __init__(self, url: str | None = None, key: str | None = None) -> None:
        base_url = url or os.environ.get("CHIRON_URL")
        api_key = key or os.environ.get("CHIRON_API_KEY")
        if not base_url or not api_key:
            raise ValueError(
                "Which Chiron? Give url and key, or set CHIRON_URL and CHIRON_API_KEY. Keys are made in the console under Settings."
            )
        headers = {"authorization": f"Bearer {api_key}"}
        self._http = httpx.Client(base_url=base_url.rstrip("/"), headers=headers, timeout=TIMEOUT_SECONDS)

    def __enter__(self) -> Chiron:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def log_rollout(
        self,
        policy: str,
        *,
        suite: str | None = None,
        scenario: str | None = None,
        world: Literal["real", "sim"] = "real",
        success: bool | None = None,
        score: float | None = None,
        progress: float | None = None,
        failure: str | None = None,
        seed: int | None = None,
        task: str = "",
        note: str = "",
        recorded_at: datetime | None = None,
        videos: Mapping[str, str | Path] | None = None,
        trajectories: Mapping[str, Trajectory] | None = None,
        starts_ms: Mapping[str, float] | None = None,
        run: str | None = None,
    ) -> RolloutDetail:
        """Brings one run in, whole or not at all.

        :param policy: ``name@version``; both are made when they are not there yet.
        :param suite: ``name@version`` of a frozen suite, together with ``scenario``, the key of one of its scenarios.
        :param success: left ``None`` it is unknown, which is not failure. ``failure`` is a failure reason of the suite.
        :param progress: how far it got, 0 to 1.
        :param recorded_at: with a time zone.
        :param videos: MP4, MOV, WebM or MKV files by stream name.
        :param trajectories: by stream name: a CSV file, a DataFrame, or columns of which the first is ``time_ms``.
        :param starts_ms: where a stream begins on the rollout's clock, by stream name; 0 where not named.
        :param run: which run it is. The same run given again comes in once. Left out, the streams say it;
            without streams every call is another run.
        :raises Refused: when the server says no; a malformed stream is named with its row.
        """
        bodies: dict[str, tuple[str, bytes]] = {}
        for name, file in (videos or {}).items():
            bodies[name] = ("video", Path(file).read_bytes())
        for name, trajectory in (trajectories or {}).items():
            if name in bodies:
                raise ValueError(f"Two streams are named “{name}”.")
            bodies[name] = ("trajectory", trajectory_csv(trajectory))
        unknown = set(starts_ms or {}) - set(bodies)
        if unknown:
            raise ValueError(f"starts_ms names streams that are not there: {', '.join(sorted(unknown))}.")
        facts: dict[str, Any] = {
            "policyVersionId": str(self.policy_version(policy).id),
            **self._place(suite, scenario),
            "world": world,
            "seed": seed,
            "task": task,
            "success": success,
            "score": score,
            "progress": progress,
            "failureId": failure,
            "note": note,
            "recordedAt": _instant(recorded_at),
        }
        streams = [
            {"name": name, "kind": kind, "startMs": (starts_ms or {}).get(name, 0)} for name, (kind, _) in bodies.items()
        ]
        which = run if run is not None else None if bodies else str(uuid.uuid4())
        digest = _digest({**facts, "run": which, "streams": [[each, _sha256(bodies[each["name"]][1])] for each in streams]})
        known = self._page("/api/rollouts", {"digest": digest, "limit": 1})["items"]
        if known:
            return self.rollout(known[0]["id"])
        for stream in streams:
            stream["uploadId"] = upload(self._http, bodies[stream["name"]][1], purpose="rollout", refuse=_refuse)
        reply = self._call("POST", "/api/rollouts", json={**facts, "digest": digest, "streams": streams})
        return RolloutDetail.model_validate(reply)

    def log_deployment(
        self,
        policy: str,
        task: str,
        *,
        happened_at: datetime,
        success: bool | None = None,
        success_count: int | None = None,
        failure_count: int | None = None,
        failure: str | None = None,
        place: str = "",
        note: str = "",
        client_id: str | None = None,
    ) -> Deployment:
        """Reports how a policy version did in use: one run (``success``), or many counted together.

        :param policy: ``name@version``; both are made when they are not there yet.
        :param happened_at: with a time zone; of many runs, when the last ended.
        :param failure: why those failed, e.g. ``failure.dropped``; of several reasons a report each.
        :param client_id: which report it is. The same given again counts once. Left out, every call is another.
        :raises Refused: when the server says no.
        """
        if (success is None) == (success_count is None and failure_count is None):
            raise ValueError("Give success, or success_count and failure_count.")
        counts = (int(success), int(not success)) if success is not None else (success_count or 0, failure_count or 0)
        report = {
            "clientId": client_id or str(uuid.uuid4()),
            "policyVersionId": str(self.policy_version(policy).id),
            "task": task,
            "place": place,
            "happenedAt": _instant(happened_at),
            "successCount": counts[0],
            "failureCount": counts[1],
            "failureId": failure,
            "note": note,
        }
        return Deployment.model_validate(self._call("POST", "/api/deployments", json=report))

    def validity(self, suite: str, **how: str) -> Validity:
        """Whether a suite, ``name@version``, foretells use. ``how``: ``world``, ``by``, ``task``, ``period`` as in the API."""
        place = self._suite(suite)
        return Validity.model_validate(self._page(f"/api/suites/{place['suiteId']}/versions/{place['suiteVersion']}/validity", how))

    def policy_version(self, name_at_version: str) -> PolicyVersion:
        """The version of a policy, ``name@version``, made when it is not there yet."""
        name, label = _split(name_at_version, "policy")
        policy = Policy.model_validate(self._call("POST", "/api/policies", json={"name": name}))
        reply = self._call("POST", f"/api/policies/{policy.id}/versions", json={"label": label})
        return PolicyVersion.model_validate(reply)

    def rollout(self, rollout_id: str | uuid.UUID) -> RolloutDetail:
        return RolloutDetail.model_validate(self._call("GET", f"/api/rollouts/{rollout_id}"))

    def rollouts(
        self, *, suite: str | None = None, scenario: str | None = None, **filters: str | int | None
    ) -> Iterator[Rollout]:
        """Rollouts, newest first, page by page. ``filters`` are those of ``GET /api/rollouts``: ``outcome``, ``world`` …"""
        query = {name: value for name, value in filters.items() if value is not None}
        if suite is not None:
            query |= self._suite(suite)
        if scenario is not None:
            query["scenarioKey"] = scenario
        after: str | None = None
        while True:
            page = self._page("/api/rollouts", {**query, "limit": PAGE, **({"after": after} if after else {})})
            yield from (Rollout.model_validate(item) for item in page["items"])
            after = page["next"]
            if after is None:
                return

    def rollouts_frame(self, **filters: Any) -> DataFrame:
        """The same as a pandas DataFrame, a row each (needs ``chiron-client[pandas]``)."""
        return _frame([each.model_dump() for each in self.rollouts(**filters)], list(Rollout.model_fields))

    def leaderboard(
        self,
        suite: str,
        *,
        world: Literal["real", "sim", "both"] = "real",
        factor: str | None = None,
        level: str | None = None,
        confidence: float = 0.95,
    ) -> Leaderboard:
        """Which policy version is better on a suite, ``name@version``, by blind votes, and how sure that is.

        ``factor`` and ``level`` narrow it to the scenarios of one level; ``confidence`` is that all intervals hold.
        """
        place = self._suite(suite)
        narrowed = {"factor": factor, "factorLevel": level}
        query = {"world": world, "confidence": confidence, **{name: key for name, key in narrowed.items() if key}}
        path = f"/api/suites/{place['suiteId']}/versions/{place['suiteVersion']}/leaderboard"
        return Leaderboard.model_validate(self._page(path, query))

    def leaderboard_frame(self, suite: str, **how: Any) -> DataFrame:
        """Its versions as a pandas DataFrame, the best first; the success share as columns ``success``, ``success_low`` …"""
        columns = [name for name in LeaderboardItem.model_fields if name != "success"]
        shares = {"success": "value", "success_low": "low", "success_high": "high", "success_n": "n"}
        rows = []
        for item in self.leaderboard(suite, **how).items:
            row = item.model_dump(exclude={"success"})
            rows.append(row | {name: getattr(item.success, of, None) for name, of in shares.items()})
        return _frame(rows, [*columns, *shares])

    def suite(self, name: str) -> Suite:
        """A suite with its versions, newest first, by name."""
        found = self._page("/api/suites", {"search": name, "limit": PAGE})["items"]
        for item in found:
            if item["name"] == name:
                return Suite.model_validate(item)
        raise LookupError(f"There is no suite named “{name}”.")

    def _suite(self, name_at_version: str) -> dict[str, Any]:
        name, version = _split(name_at_version, "suite")
        if not version.isdigit():
            raise ValueError(f"suite {name_at_version}: “{version}” is not the number of a version.")
        return {"suiteId": str(self.suite(name).id), "suiteVersion": int(version)}

    def _place(self, suite: str | None, scenario: str | None) -> dict[str, Any]:
        if (suite is None) != (scenario is None):
            raise ValueError("suite and scenario are given together, or neither.")
        return {} if suite is None else {**self._suite(suite), "scenarioKey": scenario}

    def _page(self, path: str, query: Mapping[str, Any]) -> dict[str, Any]:
        return self._call("GET", path, params=dict(query))

    def _call(self, method: str, path: str, **how: Any) -> Any:
        reply = self._http.request(method, path, **how)
        if reply.is_error:
            _refuse(reply)
        return reply.json()


def _refuse(reply: httpx.Response) -> None:
    try:
        said = reply.json()
    except ValueError:
        said = {}
    message = said.get("message") or f"The server answered {reply.status_code}."
    raise Refused(reply.status_code, said.get("code", "unexpected-reply"), message, said.get("facts") or {})


def _split(text: str, what: str) -> tuple[str, str]:
    name, at, rest = text.rpartition("@")
    if not (name and at and rest):
        raise ValueError(f"{what} {text} is not of the form name@version.")
    return name, rest


def _instant(at: datetime | None) -> str | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError("A moment needs a time zone.")
    return at.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest(facts: Mapping[str, Any]) -> str:
    return _sha256(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode())


def _frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> DataFrame:
    try:
        import pandas
    except ImportError as missing:
        raise ImportError("This needs pandas: pip install 'chiron-client[pandas]'.") from missing
    return pandas.DataFrame(list(rows), columns=list(columns))
