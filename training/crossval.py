"""Five-fold cross-validation of what has no dev half: relations of marked pairs, source and target phrases.

    python training/crossval.py --from runs/read [--folds 5] [--rounds 8]

Every fold goes on from the same run of train.py's first stage (which never saw these sets), trains on four fifths of
plover_pairs, ace_wikievents_pairs and cameo_ner, and answers the last fifth; only these answers count. Pairs of one
sentence stay in one fold. Figures are those of the referee's definitions: macro F1 over 15 types, over quads, over
the two sides; macro F1 of source, target and party phrases.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path

import torch
from batches import ALL_TYPES, Labels, encode, packed
from corpora import TYPES, Window, cameo_parties, relations
from net import Net
from own import own_pairs
from train import FIRST_CONFLICT, MERGE, WEIGHTS, losses, tokenizer

from detente.text.parse import spans

QUADS = {
    name: quad
    for quad, row in enumerate(
        (
            "AGREE CONSULT SUPPORT CONCEDE",
            "COOPERATE AID RETREAT",
            "REQUEST ACCUSE REJECT THREATEN",
            "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
        ),
        1,
    )
    for name in row.split()
}


def folds(windows: list[Window], count: int, seed: int = 0) -> list[list[Window]]:
    """Cut into folds, all windows of one sentence together."""
    groups: dict[str, list[Window]] = defaultdict(list)
    for window in windows:
        groups[" ".join(window.words)].append(window)
    keys = sorted(groups)
    random.Random(seed).shuffle(keys)
    return [[window for key in keys[at::count] for window in groups[key]] for at in range(count)]


def tune(net: Net, windows: list[Window], labels: Labels, args: argparse.Namespace) -> None:
    """Train on some windows."""
    pieces = tokenizer()
    body = [p for name, p in net.named_parameters() if name.startswith(("place", "layers", "norm", "kind"))]
    heads = [p for name, p in net.named_parameters() if name.startswith(("tag", "pair", "types"))]
    net.piece.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": heads, "lr": args.rate * 8}], weight_decay=0.01
    )
    draw = random.Random(args.seed)
    by_kind: dict[tuple[bool, bool], list[Window]] = defaultdict(list)
    for window in windows:
        by_kind[window.parties is not None, window.relation is not None].append(window)
    rounds = [
        [batch for group in by_kind.values() for batch in packed(group, pieces, 1300, draw)]
        for _ in range(args.rounds)
    ]
    total = sum(map(len, rounds))
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (0.1 * total)) * max(0.0, 1 - step / total)
    )
    net.train()
    for batches in rounds:
        draw.shuffle(batches)
        for batch in batches:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = losses(net, encode(batch, pieces, labels))
            loss = sum(WEIGHTS[name] * value for name, value in parts.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            plan.step()


@torch.no_grad()
def answers(net: Net, windows: list[Window], labels: Labels) -> list[tuple[Window, object]]:
    """Type probabilities of pairs, phrases of the others."""
    pieces = tokenizer()
    net.eval()
    found = []
    for window in windows:
        batch = encode([window], pieces, labels)
        x = net.encode(batch.ids, batch.kinds, batch.mask)
        if window.pair is not None:
            found.append((window, net.relate(x, batch.kinds, batch.mask).softmax(-1)[0].tolist()))
        else:
            tags = net.tags["parties"](net.tag(net.words(x, batch.first, batch.last)))[0].argmax(-1).numpy()
            found.append((window, spans(tags, labels.lists["parties"])))
    return found


def f1(pairs: list[tuple[str, str]], labels: list[str]) -> float:
    """Macro F1 over labels seen on either side."""
    scores = []
    for label in labels:
        right = sum(g == a == label for g, a in pairs)
        size = sum(g == label for g, _ in pairs) + sum(a == label for _, a in pairs)
        if size:
            scores.append(2 * right / size)
    return round(100 * sum(scores) / max(1, len(scores)), 1)


def report(found: list[tuple[Window, object]]) -> dict[str, object]:
    """The figures of all folds together."""
    types, quads, sides, ace = [], [], [], []
    right, given, wanted = (dict.fromkeys("STR", 0) for _ in range(3))
    for window, answer in found:
        if window.pair is None:
            for label in "STR":
                mine = {one for one in answer if one[0] == label}
                theirs = {one for one in window.parties if one[0] == label}
                right[label] += len(mine & theirs)
                given[label] += len(mine)
                wanted[label] += len(theirs)
            continue
        probabilities = torch.tensor(answer)
        side = str(bool(probabilities[FIRST_CONFLICT:].sum() > 0.5))
        gold_side = str(bool(window.conflict))
        if min(span[1] for span in window.pair) == 0:
            continue  # an unnamed side
        if window.relation is None:
            ace.append((gold_side, side))
            continue
        merged = (probabilities @ MERGE)[: len(TYPES)]
        types.append((window.relation, TYPES[int(merged.argmax())]))
        quad_of = {"YIELD": "RETREAT"}
        shares = [0.0] * 5
        for name, share in zip(ALL_TYPES, answer, strict=True):
            shares[QUADS[name]] += share
        quads.append(
            (
                str(QUADS[quad_of.get(window.relation, window.relation)]),
                str(max(range(1, 5), key=shares.__getitem__)),
            )
        )
        sides.append((gold_side, side))
    phrases = {label: round(200 * right[label] / max(1, given[label] + wanted[label]), 1) for label in "STR"}
    return {
        "types/macro_f1": f1(types, list(TYPES)),
        "types/accuracy": round(100 * sum(g == a for g, a in types) / max(1, len(types)), 1),
        "quads/macro_f1": f1(quads, list("1234")),
        "sides/macro_f1": f1(sides, ["True", "False"]),
        "ace sides/macro_f1": f1(ace, ["True", "False"]),
        "three_way_phrase/macro_f1": round(sum(phrases.values()) / 3, 1),
        **phrases,
        "by_type": {name: f1(types, [name]) for name in TYPES},
    }


def main() -> None:
    """Run the folds, print the figures."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--from", dest="start", type=Path, required=True)
    options.add_argument("--folds", type=int, default=5)
    options.add_argument("--only", help="run only these folds, e.g. 0,1,2; their answers go to --keep")
    options.add_argument(
        "--keep", type=Path, help="a file for the answers of the folds run; those in it are kept"
    )
    options.add_argument("--rounds", type=int, default=8)
    options.add_argument("--rate", type=float, default=1e-4)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--tasks", default="plover,ace,parties")
    options.add_argument("--own", action="store_true", help="add detente's own sentences (own.py)")
    args = options.parse_args()
    torch.set_num_threads(args.threads)
    labels = Labels.load(args.start / "labels.json")
    state = torch.load(args.start / "state.pt")["net"]
    sets = {
        "plover": relations("plover_pairs"),
        "ace": relations("ace_wikievents_pairs"),
        "parties": cameo_parties(),
    }
    cut = [folds(windows, args.folds) for name, windows in sets.items() if name in args.tasks.split(",")]
    extra = own_pairs() if args.own else []
    found: list[tuple[Window, object]] = []
    if args.keep and args.keep.exists():
        found = torch.load(args.keep, weights_only=False)
    wanted = [int(fold) for fold in args.only.split(",")] if args.only else range(args.folds)
    for fold in wanted:
        torch.manual_seed(args.seed)
        net = Net(labels.sizes())
        net.load_state_dict(state, strict=False)
        seen = [w for parts in cut for at, part in enumerate(parts) if at != fold for w in part]
        tune(net, seen + extra, labels, args)
        found += answers(net, [w for parts in cut for w in parts[fold]], labels)
        if args.keep:
            torch.save(found, args.keep)
        print(fold, json.dumps(report(found)), flush=True)
    if not wanted:
        print(json.dumps(report(found)))


if __name__ == "__main__":
    main()
