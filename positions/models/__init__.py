from positions.models.ballots import Ballot, BoardDecision, Elector, Vote
from positions.models.positions import Comment, Point, Position, Version
from positions.models.submissions import LawProfile, Message, PointOutcome, Submission

__all__ = [
    "Ballot",
    "BoardDecision",
    "Comment",
    "Elector",
    "LawProfile",
    "Message",
    "Point",
    "PointOutcome",
    "Position",
    "Submission",
    "Version",
    "Vote",
]
