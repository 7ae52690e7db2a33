"""Make the recordings of this folder and the truth of each: ``make fixtures`` (needs the neural voice).

The texts are our own; the voices are Kokoro-82M v1.0 (Apache-2.0). How phrases become a recording:
``recordings.py``. Another processor may round the sound differently, which is why the recordings are
committed with their digests.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
from recordings import (
    CALL_ROOM_DBFS,
    RATE_HZ,
    SEED,
    SPEECH_DBFS,
    TELEPHONE_RATE_HZ,
    Phrase,
    Take,
    assembled,
    padded,
    pink,
    save,
    scaled,
)

from voicecoach.adapters.tts.kokoro_speaker import KokoroSpeaker

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVEL_EN = "恩——"
LEVEL_E = "婀——"
"""Drawn out in the level tone, as people hesitate; the voice says 嗯 and 呃 short and with a moving tone."""


def main(names: Sequence[str]) -> None:
    """Make all recordings, or only those named."""
    makers = {
        "late_delivery_good": _good,
        "late_delivery_weak": _weak,
        "numbers_zh": _numbers,
        "pauses_zh": _pauses,
        "rates_zh": _rates,
        "english_answer": _english,
        "two_party_call": _call,
        "plain": _plain,
    }
    for name, make in makers.items():
        if not names or name in names:
            make(KokoroSpeaker(threads=1, seed=SEED))  # a new one each: the same noise in whatever order


def _good(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("遇到这种情况，我先不跟他争，第一时间安抚他的情绪。", 0.62),
        Phrase("我会说，先生，让您多等了三天，真的非常抱歉。", 0.48),
        Phrase("换成是我，我心里也着急，您的心情我特别理解。", 0.81),
        Phrase("接着，我请他慢慢讲，我认真听他讲完，中间不打断。", 0.55),
        Phrase("再跟他核对一下订单号。", 0.78),
        Phrase("然后，我马上去系统里查物流，看看包裹是卡在路上了，还是仓库发晚了。", 0.46),
        Phrase("查到原因，就如实告诉他。", 0.84),
        Phrase("最后，给他一个解决办法。", 0.44),
        Phrase("我联系快递站点加急，优先给他派送，预计明天下午能送到。", 0.58),
        Phrase("再按公司的规定，申请一张十元的优惠券，当作补偿。"),
    ]
    take = assembled(speaker, phrases, "zf_xiaoxiao", pace=0.82)
    covered = ["empathy", "listen", "analyze", "solve", "apology"]
    save(
        "late_delivery_good", take, phrases,
        expected={"prompt": "late_delivery", "covered": covered, "not_covered": [], "order_ok": True,
                  "language": []},
    )  # fmt: skip


def _weak(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("嗯", 0.7, pace=0.7, kind="filler", given=LEVEL_EN),
        Phrase("就是，那个，快递晚了嘛。", 1.6, pace=1.1),
        Phrase("呃", 0.9, pace=0.7, kind="filler", given=LEVEL_E),
        Phrase("这个，这个也不是我能控制的。", 2.3, pace=1.15),
        Phrase("那个，我就，我就帮他查一下物流，看看到哪儿了。", 1.4, pace=1.15),
        Phrase("嗯", 0.6, pace=0.8, kind="filler", given=LEVEL_EN),
        Phrase("然后，然后就让他再等等吧。", 3.2, pace=1.2),
        Phrase("就是，应该，应该过两天就到了。", 1.9, pace=1.2),
        Phrase("嗯", 0.5, pace=0.9, kind="filler", given=LEVEL_EN),
        Phrase("差不多，就这样吧。", pace=1.1),
    ]
    take = assembled(speaker, phrases, "zm_yunxi")
    save(
        "late_delivery_weak", take, phrases,
        expected={
            "prompt": "late_delivery", "covered": ["analyze"],
            "not_covered": ["empathy", "listen", "solve", "apology"], "language": ["shirk"],
        },
    )  # fmt: skip


def _numbers(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("我在京东APP上买的618订单，24小时都没发货。", 0.5),
        Phrase("尾号是8842，一共3件，花了299.5元。", 0.5),
        Phrase("支持7天无理由退货，再给您申请10元优惠券。", 0.5),
        Phrase("不满意可以打12315，我们的VIP满意度是95%。"),
    ]
    save("numbers_zh", assembled(speaker, phrases, "zf_xiaobei", pace=0.98), phrases)


def _pauses(speaker: KokoroSpeaker) -> None:
    texts = (
        "您好很高兴为您服务",
        "我先帮您查一下订单",
        "您的包裹还在路上",
        "我已经联系了站点",
        "明天就会给您送到",
        "我会一直跟进",
        "谢谢您的理解",
    )
    lengths_s = [0.32, 1.2, 0.45, 0.7, 2.0, 0.28, 0.0]
    phrases = [Phrase(text, pause_s) for text, pause_s in zip(texts, lengths_s, strict=True)]
    take = assembled(speaker, phrases, "zm_yunyang", pace=0.95)
    save("pauses_zh", take, phrases, pauses_complete=True)
    for snr_db in (20, 10, 5):
        level_dbfs = SPEECH_DBFS - snr_db
        noisy = Take(
            take.samples + pink(len(take.samples), level_dbfs, SEED + snr_db)[:, None],
            take.segments,
            take.pauses,
        )
        save(
            f"pauses_zh_{snr_db:02}db", noisy, phrases, pauses_complete=True,
            made_from={"file": "pauses_zh.flac", "by": "pink noise added", "snr_db": snr_db},
        )  # fmt: skip


def _rates(speaker: KokoroSpeaker) -> None:
    for name, pace in (("slow", 0.8), ("usual", 0.95), ("fast", 1.25)):
        phrases = [
            Phrase("我觉得做客服最重要的，是把客户的事当成自己的事。", 0.4),
            Phrase("客户着急的时候，先听他说完，再一步一步帮他解决。", 0.4),
            Phrase("事情办好了，再打个电话问一问，他才会真的放心。", 0.4),
            Phrase("这样一来，下次他还愿意来我们这里买东西。", 0.4),
            Phrase("做久了您会发现，耐心比什么话术都管用。"),
        ]
        save(f"rate_{name}_zh", assembled(speaker, phrases, "zf_xiaoyi", pace=pace), phrases)


def _english(speaker: KokoroSpeaker) -> None:
    phrases = [
        Phrase("First, I would calm him down, and say I am so sorry for the wait.", 0.5),
        Phrase("I understand how you feel. Three days is a long time.", 0.6),
        Phrase("Then I let him finish, and I ask for the order number.", 0.5),
        Phrase("I check the system to see where the parcel is stuck, and tell him honestly.", 0.6),
        Phrase("Finally, I ask the station to deliver it first, so it should reach him tomorrow."),
    ]
    take = assembled(speaker, phrases, "af_heart", pace=0.92)
    covered = ["empathy", "listen", "analyze", "solve", "apology"]
    save(
        "english_answer", take, phrases, language="en",
        expected={"prompt": "late_delivery", "covered": covered, "not_covered": [], "order_ok": True,
                  "language": []},
    )  # fmt: skip


def _call(speaker: KokoroSpeaker) -> None:
    caller, agent = {"voice": "zm_yunjian", "mood": 4, "channel": 0}, {"voice": "zf_xiaoxiao", "channel": 1}
    phrases = [
        Phrase("您好，京东客服，请问有什么可以帮您？", 0.5, **agent),
        Phrase("我的快递都晚了三天了，到底还送不送？", 0.6, **caller),
        Phrase("先生，实在抱歉，让您久等了，我马上帮您查一下。", 0.5, **agent),
        Phrase("每次都说马上，我要投诉你们！", 0.7, **caller),
        Phrase("您先别着急，麻烦您报一下订单号好吗？", 0.5, **agent),
        Phrase("八八四二，快点儿吧。", **caller),
    ]
    save("two_party_call", assembled(speaker, phrases, "", n_channels=2, room_dbfs=CALL_ROOM_DBFS), phrases)


def _plain(speaker: KokoroSpeaker) -> None:
    """One short answer spoilt in known ways, and sound without speech."""
    phrases = [
        Phrase("我性格比较有耐心，愿意听别人把话说完。", 0.5),
        Phrase("之前在超市做过收银，帮顾客解决过不少麻烦，我觉得很有成就感。"),
    ]
    take = assembled(speaker, phrases, "zm_yunxia", pace=0.95)
    whole = {"text": "the same words as low_gain.flac"}
    save("low_gain", scaled(take, -20.0), phrases, made_from={"by": "gain", "gain_db": -20.0})
    clipped = Take(np.clip(scaled(take, 25.0).samples, -1.0, 1.0), take.segments, take.pauses)
    save("clipped", clipped, phrases, made_from={"by": "gain, cut at full scale", "gain_db": 25.0} | whole)
    dead = Take(
        np.column_stack([np.zeros(len(take.samples)), take.samples[:, 0]]), take.segments, take.pauses
    )
    save(
        "dead_channel",
        dead,
        phrases,
        made_from={"by": "channel 0 is digital silence, the voice is on 1"} | whole,
    )
    save(
        "telephone",
        take,
        phrases,
        rate_hz=TELEPHONE_RATE_HZ,
        made_from={"by": "300-3400 Hz at 8 kHz"} | whole,
    )
    short = [Phrase("您好，请稍等。")]
    save("short_3s", padded(assembled(speaker, short, "zf_xiaobei"), 3.0), short)
    save("silence", Take(np.zeros((4 * RATE_HZ, 1))), [])
    save(
        "noise",
        Take(pink(4 * RATE_HZ, -32.0, SEED)[:, None]),
        [],
        made_from={"by": "pink noise, RMS -32 dBFS"},
    )


if __name__ == "__main__":
    main(sys.argv[1:])
