"""Log robot rollouts to Chiron from an evaluation script, and read what came of them."""

from .client import Chiron, Refused
from .models import Leaderboard, Policy, PolicyVersion, Rollout, RolloutDetail, Suite

__all__ = ["Chiron", "Leaderboard", "Policy", "PolicyVersion", "Refused", "Rollout", "RolloutDetail", "Suite"]
