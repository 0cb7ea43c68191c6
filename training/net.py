"""The network: one MiniLM encoder and its heads, in PyTorch. export.py writes the same computation as ONNX."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from detente.text.pieces import KINDS

WIDTH, LAYERS, HEADS, INNER, VOCAB, PLACES = 384, 6, 12, 1536, 30522, 512
TAG, ARC, REL, FRAME, SAID, PAIR = 384, 320, 256, 256, 256, 384
DISTANCES = 32  # buckets of the distance between a predicate and a word


def bucket(distance: Tensor) -> Tensor:
    """Signed distance in words -> one of DISTANCES buckets: exact to 6, then coarser."""
    size = distance.abs()
    far = (torch.log2(size.clamp(min=1).float() / 6).clamp(min=0) * 2).long() + 6
    near = torch.where(size <= 6, size, far.clamp(max=15))
    return torch.where(distance < 0, near + 16, near)


class Layer(nn.Module):
    """One transformer layer, post-norm as in BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Vectors to vectors; ``mask`` is true where there is a piece."""
        size, length, _ = x.shape
        q, k, v = self.qkv(x).view(size, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.norm1(x + self.drop(self.out(seen.transpose(1, 2).reshape(size, length, WIDTH))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Project(nn.Module):
    """A linear layer, GELU and dropout."""

    def __init__(self, size: int, width: int, drop: float = 0.2) -> None:
        super().__init__()
        self.linear, self.drop = nn.Linear(size, width), nn.Dropout(drop)

    def forward(self, x: Tensor) -> Tensor:
        """Project."""
        return self.drop(F.gelu(self.linear(x)))


class Pairs(nn.Module):
    """Labels for pairs of an anchor word and another word.

    From two projections, their product and their distance; and, if wanted, how likely the tree joins the two, in one
    step or two, up or down.
    """

    def __init__(self, width: int, labels: int, tree: bool = False) -> None:
        super().__init__()
        self.anchor, self.word = nn.Linear(2 * WIDTH, 2 * width), nn.Linear(2 * WIDTH, 2 * width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.tree = nn.Linear(4, width, bias=False) if tree else None
        self.drop, self.out = nn.Dropout(0.2), nn.Linear(width, labels)
        nn.init.normal_(self.distance.weight, std=0.1)
        if self.tree is not None:
            nn.init.zeros_(self.tree.weight)

    def forward(
        self, w: Tensor, rows: Tensor, at: Tensor, pair: Tensor, to: Tensor, arcs: Tensor | None = None
    ) -> Tensor:
        """Words w [B, W, 2d]; anchors (rows, at) [P]; asked pairs (number of the anchor, word) [N] -> [N, labels].

        ``arcs`` [B, W, W]: how likely a word (second axis) hangs on another (third).
        """
        a, b = self.anchor(w[rows, at])[pair].chunk(2, -1)
        c, d = self.word(w)[rows[pair], to].chunk(2, -1)
        hidden = a + c + b * d + self.distance(bucket(to - at[pair]))
        if self.tree is not None and arcs is not None:
            hidden = hidden + self.tree(self.joined(arcs, rows[pair], at[pair], to))
        return self.out(self.drop(F.gelu(hidden)))

    @staticmethod
    def joined(arcs: Tensor, rows: Tensor, at: Tensor, to: Tensor) -> Tensor:
        """The tree's four numbers for each pair [N, 4]: word on anchor, anchor on word, each also over one between."""
        twice = arcs @ arcs
        return torch.stack(
            [arcs[rows, to, at], arcs[rows, at, to], twice[rows, to, at], twice[rows, at, to]], -1
        )


class Net(nn.Module):
    """The encoder and every head."""

    def __init__(self, sizes: dict[str, int]) -> None:
        """``sizes``: how many labels each head has (upos feats lemma deprel roles names said parties types)."""
        super().__init__()
        self.piece, self.place, self.kind = (
            nn.Embedding(VOCAB, WIDTH),
            nn.Embedding(PLACES, WIDTH),
            nn.Embedding(KINDS, WIDTH),
        )
        self.norm, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        two = 2 * WIDTH
        self.tag = Project(two, TAG)
        self.tags = nn.ModuleDict(
            {name: nn.Linear(TAG, sizes[name]) for name in ("upos", "feats", "lemma", "names", "parties")}
        )
        self.flags = nn.Linear(TAG, 3)  # begins a sentence; is a predicate; begins a cue
        self.arc_dep, self.arc_head = Project(two, ARC, 0.33), Project(two, ARC, 0.33)
        self.arc = nn.Parameter(torch.empty(ARC + 1, ARC))
        self.root = nn.Parameter(torch.zeros(ARC))
        self.rel_dep, self.rel_head = nn.Linear(two, 2 * REL), nn.Linear(two, 2 * REL)
        self.rel_drop, self.rel = nn.Dropout(0.33), nn.Linear(REL, sizes["deprel"])
        self.frames, self.said = Pairs(FRAME, sizes["roles"], tree=True), Pairs(SAID, sizes["said"])
        self.pair, self.types = Project(3 * WIDTH, PAIR), nn.Linear(PAIR, sizes["types"])
        nn.init.normal_(self.arc, std=0.02)

    def encode(self, ids: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Pieces to vectors; ``mask`` [B, T] is true where there is a piece."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.drop(self.norm(self.piece(ids) + self.place(places) + self.kind(kinds)))
        keep = mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, keep)
        return x

    def words(self, x: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """First and last piece of every word, side by side."""
        rows = torch.arange(len(x), device=x.device)[:, None]
        return torch.cat([x[rows, first], x[rows, last]], -1)

    def arcs(self, w: Tensor) -> Tensor:
        """Scores of every head for every word [B, W, W + 1]; column 0 is the root."""
        dep, head = self.arc_dep(w), self.arc_head(w)
        head = torch.cat([self.root.expand(len(w), 1, ARC), head], 1)
        dep = torch.cat([dep, torch.ones_like(dep[..., :1])], -1)
        return dep @ self.arc @ head.transpose(1, 2)

    def relation(self, dep: Tensor, head: Tensor) -> Tensor:
        """Labels of given arcs, from the word vectors of both ends."""
        a, b = self.rel_dep(dep).chunk(2, -1)
        c, d = self.rel_head(head).chunk(2, -1)
        return self.rel(self.rel_drop(F.gelu(a + c + b * d)))

    def relate(self, x: Tensor, kinds: Tensor, mask: Tensor) -> Tensor:
        """Logits of the types of the marked pair: [B, types]."""
        mark = kinds // 8
        pooled = [x[:, 0]]
        for number in (1, 2):
            inside = ((mark == number) & mask).unsqueeze(-1).float()
            pooled.append((x * inside).sum(1) / inside.sum(1).clamp(min=1))
        return self.types(self.pair(torch.cat(pooled, -1)))

    def load_minilm(self, weights: dict[str, Tensor]) -> None:
        """Take the encoder's weights from a BERT state dict (all-MiniLM-L6-v2)."""
        weights = {name.removeprefix("bert."): value for name, value in weights.items()}
        with torch.no_grad():
            self.piece.weight.copy_(weights["embeddings.word_embeddings.weight"])
            self.place.weight.copy_(weights["embeddings.position_embeddings.weight"])
            base = weights["embeddings.token_type_embeddings.weight"][0]
            self.kind.weight.copy_(base + 0.01 * torch.randn_like(self.kind.weight))
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
            for number, layer in enumerate(self.layers):
                base_name = f"encoder.layer.{number}."
                for part in ("weight", "bias"):
                    own = [
                        weights[f"{base_name}attention.self.{name}.{part}"]
                        for name in ("query", "key", "value")
                    ]
                    getattr(layer.qkv, part).copy_(torch.cat(own))
                    for mine, theirs in (
                        ("out", "attention.output.dense"),
                        ("norm1", "attention.output.LayerNorm"),
                        ("up", "intermediate.dense"),
                        ("down", "output.dense"),
                        ("norm2", "output.LayerNorm"),
                    ):
                        getattr(getattr(layer, mine), part).copy_(weights[f"{base_name}{theirs}.{part}"])
