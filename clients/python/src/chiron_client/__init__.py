"""Log robot rollouts to Chiron from an evaluation script, and read what came of them."""

from .client import Chiron, Refused
from .models import Deployment, Leaderboard, Policy, PolicyVersion, Rollout, RolloutDetail, Suite, Validity

__all__ = [
    "Chiron",
    "Deployment",
    "Leaderboard",
    "Policy",
    "PolicyVersion",
    "Refused",
    "Rollout",
    "RolloutDetail",
    "Suite",
    "Validity",
]
