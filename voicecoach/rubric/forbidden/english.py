"""Forbidden service language in English: set phrases more than structures."""

from __future__ import annotations

from typing import Final

from voicecoach.rubric.forbidden.rule import ForbiddenRule, arm, rule

ENGLISH: Final[tuple[ForbiddenRule, ...]] = (
    rule("rude", "insult",
        arm(r"\b(?:stupid|idiot|moron|dumb|shut up|screw you|get lost|are you (?:deaf|blind))\b",
            catches="you are stupid", spares="i stay calm"),
        certain="alone"),
    rule("rude", "dismissal",
        arm(r"\b(?:i (?:really )?(?:don'?t|do not|couldn'?t) care(?: less)?(?! for)|whatever you (?:want"
            r"|say)|suit yourself|go ahead and complain|stop wasting my time|can'?t you (?:read|hear"
            r"|see)|what'?s your problem|hang up on (?:him|her|them))\b",
            catches="i don't care", spares="i don't care for excuses"),
        certain="alone"),
    rule("rude", "order",
        arm(r"\b(?:just |you need to )?calm down\b(?! (?:first|the customer|my|a bit))",
            catches="you need to calm down", spares="calm down first")),
    rule("shirk", "not_ours",
        arm(r"\b(?:not|isn'?t|is not) (?:my|our) (?:problem|job|fault|department|business"
            r"|responsibility)\b|\bnothing to do with (?:me|us)\b|\bnone of my business\b",
            catches="that is not my job/nothing to do with us/none of my business", spares="it is my job"),
        certain="alone"),
    rule("shirk", "send_away",
        arm(r"\bthere(?:'?s| is) nothing i can do\b|\bi (?:just|only) work here\b"
            r"|\bgo (?:and )?ask (?:the |your )?(?:courier|seller|warehouse|shop|someone else)\b",
            catches="there is nothing i can do/i just work here/"
                    "go ask the courier",
            spares="i ask the courier myself")),
    rule("overpromise", "vow",
        arm(r"\bi (?:can |absolutely |will )?(?:guarantee|promise|swear)[^，。]{0,24}(?:refund"
            r"|money back|compensat\w+|arrive|delivered|replacement)\b",
            catches="i guarantee a refund", spares="i can check your refund"),
        certain="alone", conditional=True),
    rule("overpromise", "stealth",
        arm(r"\b(?:behind (?:my|the) (?:manager|boss|supervisor)'?s? back|secretly (?:give|refund|send"
            r"|offer)|don'?t tell (?:my|the) (?:manager|boss)|bend the rules|off the books"
            r"|say yes first)\b",
            catches="behind my manager's back", spares="i ask my manager"),
        certain="alone"),
    rule("leak", "told_outsider",
        arm(r"\b(?:give|tell|send|show|sell|share)\b[^，。]{0,20}(?:customer'?s?'?|client'?s?|buyer'?s?"
            r"|their|his|her) (?:phone|number|address|details|data|information"
            r"|order)\b[^，。]{0,16}\b(?:friend|friends|anyone|someone|group|family|online)\b",
            catches="i tell her address to a friend", spares="i never share data"),
        certain="alone"),
)  # fmt: skip
