"""What reads as if somebody were in danger, and what people say of a listing every day."""

from __future__ import annotations

import pytest

from directory.reference.danger_words import reads_like_danger

DANGER = (
    "hes hurting me", "shes hurting me", "theyre hurting me", "dads hurting me", "my dads hurting me",
    "he's hurting me", "He’s hurting me", "they’re hurting us", "my uncle keeps touching me", "mums hitting me",
    "hes gonna kill me", "she is going to kill me", "stepdad touches me", "step dads hurting my brother",
    "i dont want to live anymore", "I don't want to live", "i do not want to be alive", "i dont wanna wake up",
    "wanna die", "i want to die", "im gonna die", "i wish i was dead", "i wish i were never born",
    "i am thirteen", "im 12", "I'm only nine", "i am just eleven and scared", "i am 14 and my dad",
    "I feel unsafe at home", "i feel so scared", "im scared", "i dont feel safe", "Please help me", "hes here, save me",
    "my stepdad comes into my room at night", "he came in my room", "someone gets into my bed",
    "my dad does things to me i dont like", "he did stuff to my sister", "she makes me do things", "they made us watch",
    "theres a man who touches the kids", "There’s a man at the club who is touching boys, he touched my son",
    "my teacher sent me pictures", "my coach keeps sending me pics", "he has photos of me", "he wants nudes",
    "I dont want to be here anymore", "i dont want to be here", "I don't want to go on", "kms", "im gonna kms",
    "i cant take it anymore", "i cant go on", "everyone would be better off without me", "i want to disappear",
    "he said its our secret", "he told me not to tell", "im scared of my dad", "we are not safe at home",
    "she locks me in", "he wont let me leave", "i ran away", "I am pregnant and i am at school", "he has a knife",
    "i don't like what he does", "a neighbour hits his kids", "the teacher who hurt her", "dw i eisiau marw",
    "mae e'n fy mrifo", "Mae hi mewn perygl",
    "self harm", "call the police", "it is happening again", "dont tell my mum", "i cant talk",
)  # fmt: skip
EVERYDAY = (
    "The telephone number is wrong.", "It has closed.", "The website does not open.",
    "They moved to Peterborough in May.", "The help line is open until 9 now.", "Please help page 2 is missing.",
    "I am ten minutes away and the door was shut.", "I am six weeks into waiting.", "I'm four miles from there.",
    "I am eight people behind in the queue.", "The waiting list is 12 weeks.", "It is for ages 4 to 17.",
    "We are a group of thirteen volunteers.", "They do not answer on Mondays.", "Their opening hours are wrong.",
    "I do not want to live far from the service.", "She has left; the manager is somebody else.",
    "The address should not be shown.", "Can you help me find the right page", "His telephone is off.",
    "It is 5 kms from the station.", "It is 12kms away", "I do not want to be here in the list twice.",
    "They do not do this to anybody now; the service does assessments.", "The picture of the house is the wrong one.",
    "The service sends letters to parents.", "They make appointments by phone.",
    "A man answered who knows nothing of it.",
    "The person who runs it has left.", "Please take the address out, it is confidential.", "They moved in May.",
    "We do not do drop-ins. We come to schools.", "It gets to voicemail.", "The number goes to a fax.",
    "Dad and mum groups are on Tuesdays.", "Counselling is for adults, not for children.",
)  # fmt: skip


@pytest.mark.parametrize("words", DANGER)
def test_words_of_somebody_who_may_be_in_danger_are_known(words: str) -> None:
    assert reads_like_danger(words)


@pytest.mark.parametrize("words", EVERYDAY)
def test_what_people_say_of_a_listing_every_day_is_not_taken_for_it(words: str) -> None:
    assert not reads_like_danger(words)
