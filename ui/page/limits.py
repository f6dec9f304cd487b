"""What one server lets its visitors do at most."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits that keep one visitor from taking what all need.

    Attributes:
        answers: Answers that are worked on at the same time.
        queue: Questions that may wait for their turn; the next is told to come back later.
        upload_megabytes: Largest file that may be dropped.
        upload_files: Most files that may be dropped at once.
        question_characters: Longest question.
        request_megabytes: Largest request besides uploads; a conversation goes along with each question.
    """

    answers: int = 2
    queue: int = 40
    upload_megabytes: int = 50
    upload_files: int = 200
    question_characters: int = 2000
    request_megabytes: int = 20
