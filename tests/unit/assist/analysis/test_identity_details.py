"""The details that say who a customer is are known in questions, in arguments and in answers."""

import pytest

from assist.analysis.identity.details import Detail, argument_details, asked_details, declined, looks_given


@pytest.mark.parametrize(
    ("question", "details"),
    [
        ("May I have your full name, please?", {Detail.NAME}),
        ("Your account number and your PIN?", {Detail.ACCOUNT, Detail.PIN}),
        ("What was your mother's maiden name?", {Detail.SECURITY_ANSWER}),
        ("Please enter the verification code.", {Detail.CODE}),
        ("What would you like to order?", set()),
    ],
)
def test_questions_name_details(question: str, details: set[Detail]) -> None:
    """What is asked for is read from the question."""
    assert asked_details(question) == details


@pytest.mark.parametrize(
    ("arguments", "details"),
    [
        ({"AccountNumber": "1", "PIN": "2"}, {Detail.ACCOUNT, Detail.PIN}),
        ({"dateOfBirth": "x", "security_answer_1": "y"}, {Detail.BIRTH_DATE, Detail.SECURITY_ANSWER}),
        ({"new_password": "x"}, set()),
        ({"pin_code": "110001"}, set()),
        ({"city": "Rome"}, set()),
    ],
)
def test_arguments_name_details(arguments: dict[str, str], details: set[Detail]) -> None:
    """What a call was given is read from its argument names, whatever their style."""
    assert argument_details(arguments) == details


@pytest.mark.parametrize(
    ("answer", "withheld"),
    [
        ("I don't remember it.", True),
        ("Sorry, I forgot my PIN", True),
        ("I’d rather not say.", True),
        ("no idea", True),
        ("It is 4471.", False),
        ("I lost my debit card yesterday", False),
    ],
)
def test_answers_that_give_nothing_are_known(answer: str, withheld: bool) -> None:  # noqa: FBT001 -- a table column
    """Not knowing and not wanting are the same: the detail is not there."""
    assert declined(answer) is withheld


@pytest.mark.parametrize(
    ("detail", "answer", "given"),
    [
        (Detail.PIN, "[PIN_1]", True),
        (Detail.PIN, "what PIN?", False),
        (Detail.BIRTH_DATE, "4 May 1971", True),
        (Detail.BIRTH_DATE, "I am 93", False),
        (Detail.SECURITY_ANSWER, "Why do you ask?", False),
        (Detail.EMAIL, "ada@example.com", True),
    ],
)
def test_an_answer_has_the_shape_of_its_detail(detail: Detail, answer: str, given: bool) -> None:  # noqa: FBT001 -- a table column
    """A question back or a remark is no answer."""
    assert looks_given(detail, answer) is given
