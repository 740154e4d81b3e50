"""What the interface says, as types. Written by generate.py from docs/openapi.json: do not edit."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field


class Policy(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    rollout_count: int = Field(..., alias='rolloutCount')
    success_count: int = Field(..., alias='successCount')
    failure_count: int = Field(..., alias='failureCount')
    id: UUID
    name: str
    version_count: int = Field(..., alias='versionCount')
    created_at: AwareDatetime = Field(..., alias='createdAt')


class PolicyVersion(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    rollout_count: int = Field(..., alias='rolloutCount')
    success_count: int = Field(..., alias='successCount')
    failure_count: int = Field(..., alias='failureCount')
    id: UUID
    policy_id: UUID = Field(..., alias='policyId')
    policy_name: str = Field(..., alias='policyName')
    label: str
    note: str
    weights_sha256: str | None = Field(..., alias='weightsSha256')
    created_at: AwareDatetime = Field(..., alias='createdAt')


class SuiteVersion(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    version: int
    state: Literal['draft', 'frozen']
    scenario_count: int = Field(..., alias='scenarioCount')
    factor_count: int = Field(..., alias='factorCount')
    rollout_count: int = Field(..., alias='rolloutCount')
    created_at: AwareDatetime = Field(..., alias='createdAt')
    frozen_at: AwareDatetime | None = Field(..., alias='frozenAt')


class Suite(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    id: UUID
    name: str
    created_at: AwareDatetime = Field(..., alias='createdAt')
    versions: list[SuiteVersion] = Field(..., description='newest first')


class Rollout(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    id: UUID
    digest: str
    policy_id: UUID = Field(..., alias='policyId')
    policy_name: str = Field(..., alias='policyName')
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    policy_label: str = Field(..., alias='policyLabel')
    embodiment_id: UUID | None = Field(..., alias='embodimentId')
    suite_id: UUID | None = Field(..., alias='suiteId')
    suite_name: str | None = Field(..., alias='suiteName')
    suite_version: int | None = Field(..., alias='suiteVersion')
    scenario_key: str | None = Field(..., alias='scenarioKey')
    world: Literal['real', 'sim']
    seed: int | None
    task: str
    success: bool | None = Field(
        ..., description='what people judged, else what was told when it came in'
    )
    score: float | None
    progress: float | None
    failure_id: str | None = Field(..., alias='failureId')
    is_judged: bool = Field(
        ...,
        alias='isJudged',
        description='whether `success` and `failureId` are what people judged',
    )
    duration_ms: float | None = Field(..., alias='durationMs')
    recorded_at: AwareDatetime | None = Field(..., alias='recordedAt')
    created_at: AwareDatetime = Field(..., alias='createdAt')


class LeaderboardItemSuccess(BaseModel):
    """
    a share with its 95% interval (Wilson)
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float
    low: float
    high: float
    n: int


class LeaderboardItemFailure(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    failure_id: str = Field(..., alias='failureId')
    rollout_count: int = Field(..., alias='rolloutCount')


class LeaderboardItemRating(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    scale_id: str = Field(..., alias='scaleId', description='a term of the ontology')
    value: float = Field(
        ...,
        description='mean over rollouts, 1 to 5; a rollout is a robust mean of its ratings',
    )
    low: float | None = Field(
        ..., description='95% (Student), over rollouts; null for one alone'
    )
    high: float | None
    n: int = Field(..., description='rollouts')
    rating_count: int = Field(..., alias='ratingCount')


class LeaderboardItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    rank: int = Field(..., description='1 is the best')
    best_rank: int = Field(
        ...,
        alias='bestRank',
        description='the best rank that the votes leave open, by intervals that hold at all times',
    )
    worst_rank: int = Field(..., alias='worstRank')
    policy_id: UUID = Field(..., alias='policyId')
    policy_name: str = Field(..., alias='policyName')
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    policy_label: str = Field(..., alias='policyLabel')
    strength: float = Field(
        ..., description='log-odds against an even opponent, mean 0'
    )
    standard_error: float = Field(..., alias='standardError')
    low: float
    high: float
    group: int = Field(
        ..., description='between groups that never met nothing says who is better'
    )
    vote_count: int = Field(..., alias='voteCount')
    win_count: int = Field(..., alias='winCount')
    tie_count: int = Field(
        ..., alias='tieCount', description='with those where both were bad'
    )
    loss_count: int = Field(..., alias='lossCount')
    success: LeaderboardItemSuccess | None = Field(
        ...,
        description='of rollouts with a known outcome: what people judged, else what was told',
    )
    rollout_count: int = Field(..., alias='rolloutCount')
    judged_count: int = Field(
        ...,
        alias='judgedCount',
        description='of them, those whose outcome people judged',
    )
    failures: list[LeaderboardItemFailure] = Field(
        ..., description='failed rollouts by the reason that is named, the most first'
    )
    ratings: list[LeaderboardItemRating] = Field(
        ..., description='how people rated its rollouts, scale by scale'
    )
    progress_mean: float | None = Field(
        ..., alias='progressMean', description='as raters saw it, 0 to 100'
    )
    progress_count: int = Field(..., alias='progressCount')


class LeaderboardHeadToHeadItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    against_id: UUID = Field(..., alias='againstId')
    win_count: int = Field(..., alias='winCount')
    tie_count: int = Field(..., alias='tieCount')
    loss_count: int = Field(..., alias='lossCount')
    expected_win: float = Field(
        ..., alias='expectedWin', description='by the strengths, sides left out'
    )
    expected_tie: float = Field(..., alias='expectedTie')
    expected_loss: float = Field(..., alias='expectedLoss')


class LeaderboardSettled(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    best: bool = Field(..., description='no other may be the best')
    order: bool = Field(..., description='every rank is certain')
    open_pair_count: int = Field(..., alias='openPairCount')
    statement: str = Field(..., description='the same in words')


class LeaderboardHostileItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    above_id: UUID = Field(..., alias='aboveId')
    vote_count: int | None = Field(
        ..., alias='voteCount', description='null: not even ten times all votes so far'
    )
    winner_id: UUID = Field(..., alias='winnerId')
    loser_id: UUID = Field(..., alias='loserId')


class LeaderboardNextItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    left_id: UUID = Field(..., alias='leftId')
    right_id: UUID = Field(..., alias='rightId')
    gain: float


class LeaderboardByFactorItemSuccess(LeaderboardItemSuccess):
    """
    a share with its 95% interval (Wilson)
    """


class LeaderboardByFactorItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    factor: str
    factor_level: str = Field(..., alias='factorLevel')
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    success: LeaderboardByFactorItemSuccess | None
    rollout_count: int = Field(..., alias='rolloutCount')
    judged_count: int = Field(..., alias='judgedCount')


class Leaderboard(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    suite_id: UUID = Field(..., alias='suiteId')
    suite_name: str = Field(..., alias='suiteName')
    suite_version: int = Field(..., alias='suiteVersion')
    world: Literal['real', 'sim', 'both'] = Field(
        ...,
        description='`both` also counts pairs whose two sides were of different worlds',
    )
    factor: str | None
    factor_level: str | None = Field(..., alias='factorLevel')
    confidence: float = Field(
        ..., description='chance that all intervals hold, at all times at once'
    )
    vote_count: int = Field(..., alias='voteCount')
    tie_ratio: float | None = Field(..., alias='tieRatio')
    both_bad_count: int = Field(..., alias='bothBadCount')
    excluded_rater_count: int = Field(
        ...,
        alias='excludedRaterCount',
        description='raters left out, with `raters=trusted`',
    )
    side_log_odds: float = Field(
        ...,
        alias='sideLogOdds',
        description='how much raters favour whatever stands left',
    )
    changed_at: AwareDatetime | None = Field(
        ..., alias='changedAt', description='of the last vote'
    )
    items: list[LeaderboardItem] = Field(..., description='the best first')
    head_to_head: list[LeaderboardHeadToHeadItem] = Field(
        ...,
        alias='headToHead',
        description='each two that met once, the better ranked first',
    )
    settled: LeaderboardSettled
    hostile: list[LeaderboardHostileItem] = Field(
        ...,
        description='the fewest made-up votes that lift a version over the next better one',
    )
    next: list[LeaderboardNextItem] = Field(
        ..., description='who to compare next, the most telling first'
    )
    by_factor: list[LeaderboardByFactorItem] = Field(
        ...,
        alias='byFactor',
        description='outcomes of rollouts per level of each factor',
    )


class Deployment(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    id: UUID
    client_id: str = Field(..., alias='clientId')
    policy_id: UUID = Field(..., alias='policyId')
    policy_name: str = Field(..., alias='policyName')
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    policy_label: str = Field(..., alias='policyLabel')
    task: str
    place: str
    happened_at: AwareDatetime = Field(..., alias='happenedAt')
    success_count: int = Field(..., alias='successCount')
    failure_count: int = Field(..., alias='failureCount')
    failure_id: str | None = Field(..., alias='failureId')
    note: str
    created_at: AwareDatetime = Field(..., alias='createdAt')


class ValidityPearsonInterval(BaseModel):
    """
    95%, by what few trials allow
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    low: float
    high: float


class ValidityPearson(BaseModel):
    """
    −1 to 1
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float | None = Field(
        ..., description='null: fewer than three versions, or all alike'
    )
    interval: ValidityPearsonInterval | None = Field(
        ..., description='95%, by what few trials allow'
    )


class ValiditySpearmanInterval(ValidityPearsonInterval):
    """
    95%, by what few trials allow
    """


class ValiditySpearman(BaseModel):
    """
    −1 to 1
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float | None = Field(
        ..., description='null: fewer than three versions, or all alike'
    )
    interval: ValiditySpearmanInterval | None = Field(
        ..., description='95%, by what few trials allow'
    )


class ValidityMmrvInterval(ValidityPearsonInterval):
    """
    95%, by what few trials allow
    """


class ValidityMmrv(BaseModel):
    """
    mean maximum rank violation, in shares of success; 0 is best
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float | None = Field(
        ..., description='null: fewer than three versions, or all alike'
    )
    interval: ValidityMmrvInterval | None = Field(
        ..., description='95%, by what few trials allow'
    )


class ValidityItemBenchmark(BaseModel):
    """
    success of rollouts, or strength in log-odds; n: rollouts, or votes
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float
    low: float
    high: float
    n: int


class ValidityItemInUse(BaseModel):
    """
    of deployments
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float
    low: float
    high: float
    n: int


class ValidityItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    policy_id: UUID = Field(..., alias='policyId')
    policy_name: str = Field(..., alias='policyName')
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    policy_label: str = Field(..., alias='policyLabel')
    benchmark: ValidityItemBenchmark = Field(
        ...,
        description='success of rollouts, or strength in log-odds; n: rollouts, or votes',
    )
    in_use: ValidityItemInUse = Field(..., alias='inUse', description='of deployments')


class ValidityOverTimeItemPearsonInterval(ValidityPearsonInterval):
    """
    95%, by what few trials allow
    """


class ValidityOverTimeItemPearson(BaseModel):
    """
    −1 to 1
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float | None = Field(
        ..., description='null: fewer than three versions, or all alike'
    )
    interval: ValidityOverTimeItemPearsonInterval | None = Field(
        ..., description='95%, by what few trials allow'
    )


class ValidityOverTimeItemSpearmanInterval(ValidityPearsonInterval):
    """
    95%, by what few trials allow
    """


class ValidityOverTimeItemSpearman(BaseModel):
    """
    −1 to 1
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float | None = Field(
        ..., description='null: fewer than three versions, or all alike'
    )
    interval: ValidityOverTimeItemSpearmanInterval | None = Field(
        ..., description='95%, by what few trials allow'
    )


class ValidityOverTimeItemMmrvInterval(ValidityPearsonInterval):
    """
    95%, by what few trials allow
    """


class ValidityOverTimeItemMmrv(BaseModel):
    """
    mean maximum rank violation, in shares of success; 0 is best
    """

    model_config = ConfigDict(
        populate_by_name=True,
    )
    value: float | None = Field(
        ..., description='null: fewer than three versions, or all alike'
    )
    interval: ValidityOverTimeItemMmrvInterval | None = Field(
        ..., description='95%, by what few trials allow'
    )


class ValidityOverTimeItem(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    policy_count: int = Field(..., alias='policyCount')
    pearson: ValidityOverTimeItemPearson = Field(..., description='−1 to 1')
    spearman: ValidityOverTimeItemSpearman = Field(..., description='−1 to 1')
    mmrv: ValidityOverTimeItemMmrv = Field(
        ..., description='mean maximum rank violation, in shares of success; 0 is best'
    )
    from_: AwareDatetime = Field(..., alias='from')
    until: AwareDatetime
    trial_count: int = Field(..., alias='trialCount')


class Validity(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    policy_count: int = Field(..., alias='policyCount')
    pearson: ValidityPearson = Field(..., description='−1 to 1')
    spearman: ValiditySpearman = Field(..., description='−1 to 1')
    mmrv: ValidityMmrv = Field(
        ..., description='mean maximum rank violation, in shares of success; 0 is best'
    )
    suite_id: UUID = Field(..., alias='suiteId')
    suite_name: str = Field(..., alias='suiteName')
    suite_version: int = Field(..., alias='suiteVersion')
    world: Literal['real', 'sim']
    by: Literal['success', 'strength']
    task: str | None
    tasks: list[str] = Field(..., description='those that reports name')
    items: list[ValidityItem] = Field(
        ...,
        description='versions that were both measured and used, the best in the benchmark first',
    )
    only_measured_count: int = Field(
        ...,
        alias='onlyMeasuredCount',
        description='versions on the benchmark that nobody reported from use',
    )
    only_used_count: int = Field(
        ...,
        alias='onlyUsedCount',
        description='versions in use that the benchmark has not measured',
    )
    over_time: list[ValidityOverTimeItem] = Field(
        ...,
        alias='overTime',
        description='the benchmark as it is now against each period’s use, the oldest first',
    )


class RolloutDetailJudgedAnswer(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    submission_id: UUID = Field(..., alias='submissionId')
    task_id: UUID = Field(..., alias='taskId')
    worker_pseudonym: str = Field(..., alias='workerPseudonym')
    choices: dict[str, str]
    moment_ms: float | None = Field(..., alias='momentMs')
    note: str | None
    created_at: AwareDatetime = Field(..., alias='createdAt')


class RolloutDetailJudgedTold(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    success: bool | None
    failure_id: str | None = Field(..., alias='failureId')


class RolloutDetailJudged(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    outcome: Literal['success', 'failure', 'unclear']
    term_id: str = Field(..., alias='termId')
    failure_id: str | None = Field(..., alias='failureId')
    moment_ms: float | None = Field(
        ...,
        alias='momentMs',
        description='where it went wrong on the clip that was shown',
    )
    stream: str = Field(..., description='the camera that was shown')
    probability: float
    by: str = Field(..., description='`consensus` or `member`')
    campaign_id: UUID = Field(..., alias='campaignId')
    task_id: UUID = Field(..., alias='taskId')
    answers: list[RolloutDetailJudgedAnswer]
    told: RolloutDetailJudgedTold


class RolloutDetailStream(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    name: str
    kind: Literal['video', 'trajectory']
    mime: str
    bytes: int
    sha256: str
    start_ms: float = Field(
        ..., alias='startMs', description='where it begins on the rollout’s clock'
    )
    duration_ms: float = Field(..., alias='durationMs')
    sample_count: int = Field(..., alias='sampleCount')
    columns: list[str]
    codec: str | None
    fps: float | None
    width: int | None
    height: int | None


class RolloutDetail(BaseModel):
    model_config = ConfigDict(
        populate_by_name=True,
    )
    id: UUID
    digest: str
    policy_id: UUID = Field(..., alias='policyId')
    policy_name: str = Field(..., alias='policyName')
    policy_version_id: UUID = Field(..., alias='policyVersionId')
    policy_label: str = Field(..., alias='policyLabel')
    embodiment_id: UUID | None = Field(..., alias='embodimentId')
    suite_id: UUID | None = Field(..., alias='suiteId')
    suite_name: str | None = Field(..., alias='suiteName')
    suite_version: int | None = Field(..., alias='suiteVersion')
    scenario_key: str | None = Field(..., alias='scenarioKey')
    world: Literal['real', 'sim']
    seed: int | None
    task: str
    success: bool | None = Field(
        ..., description='what people judged, else what was told when it came in'
    )
    score: float | None
    progress: float | None
    failure_id: str | None = Field(..., alias='failureId')
    is_judged: bool = Field(
        ...,
        alias='isJudged',
        description='whether `success` and `failureId` are what people judged',
    )
    duration_ms: float | None = Field(..., alias='durationMs')
    recorded_at: AwareDatetime | None = Field(..., alias='recordedAt')
    created_at: AwareDatetime = Field(..., alias='createdAt')
    judged: RolloutDetailJudged | None
    note: str
    source: dict[str, Any]
    streams: list[RolloutDetailStream]
