package holdfast.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import holdfast.crypto.Crypto;
import holdfast.crypto.ProviderCrypto;
import holdfast.kernel.Bytes;
import holdfast.kernel.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Tree, proofs and notes against bytes that Go made (docs/formats/vectors/ledger.json).
class TreeTest {
    private static final JsonNode VECTORS =
            JsonMapper.shared()
                    .readTree(Path.of("../../docs/formats/vectors/ledger.json").toFile());
    private static final int COUNT = 70_000;
    private static final Crypto CRYPTO = new ProviderCrypto(new SecureRandom());
    private static final Tree TREE = new Tree(CRYPTO);
    private static final List<List<Bytes>> LEVELS = levels();

    @Test
    void roots_of_every_size_are_the_published_ones_leaf_by_leaf_and_from_subtrees() {
        var frontier = new Frontier(TREE);
        for (var vector : VECTORS.get("roots")) {
            long size = vector.get("size").asLong();
            while (frontier.size() < size) {
                frontier.add(LEVELS.getFirst().get((int) frontier.size()));
            }

            assertThat(frontier.root().toHex()).isEqualTo(text(vector, "root"));
            assertThat(TREE.root(size, TreeTest::subtree)).isEqualTo(frontier.root());
        }
    }

    @Test
    void inclusion_proofs_are_the_published_ones_and_hold() {
        for (var vector : VECTORS.get("inclusions")) {
            long size = vector.get("size").asLong();
            long index = vector.get("index").asLong();
            var path = TREE.inclusion(index, size, TreeTest::subtree);
            var root = TREE.root(size, TreeTest::subtree);
            var leaf = LEVELS.getFirst().get((int) index);

            assertThat(hex(path)).isEqualTo(strings(vector.get("path")));
            assertThat(TREE.includes(root, size, index, leaf, path)).isTrue();
            assertThat(TREE.includes(root, size, index ^ 1, leaf, path)).isFalse();
            assertThat(TREE.includes(TREE.empty(), size, index, leaf, path)).isFalse();
            for (int i = 0; i < path.size(); i++) {
                assertThat(TREE.includes(root, size, index, leaf, changed(path, i))).isFalse();
                assertThat(TREE.includes(root, size, index, leaf, without(path, i))).isFalse();
            }
            assertThat(TREE.includes(root, size, index, leaf, longer(path))).isFalse();
        }
    }

    @Test
    void consistency_proofs_are_the_published_ones_and_hold() {
        for (var vector : VECTORS.get("consistencies")) {
            long from = vector.get("from").asLong();
            long to = vector.get("to").asLong();
            var path = TREE.consistency(from, to, TreeTest::subtree);
            var older = TREE.root(from, TreeTest::subtree);
            var newer = TREE.root(to, TreeTest::subtree);

            assertThat(hex(path)).isEqualTo(strings(vector.get("path")));
            assertThat(TREE.extendsTree(from, older, to, newer, path)).isTrue();
            assertThat(TREE.extendsTree(from, TREE.empty(), to, newer, path)).isFalse();
            assertThat(TREE.extendsTree(from, older, to, TREE.empty(), path)).isFalse();
            for (int i = 0; i < path.size(); i++) {
                assertThat(TREE.extendsTree(from, older, to, newer, changed(path, i))).isFalse();
                assertThat(TREE.extendsTree(from, older, to, newer, without(path, i))).isFalse();
            }
            assertThat(TREE.extendsTree(from, older, to, newer, longer(path))).isFalse();
        }
    }

    @Test
    void notes_are_the_published_ones_and_open() {
        var notes = new Notes(CRYPTO);
        for (var vector : VECTORS.get("notes")) {
            var seed = SecretBytes.owning(HexFormat.of().parseHex(text(vector, "seed")));
            var key = CRYPTO.signingKey(seed);
            var name = text(vector, "name");
            var signed =
                    notes.sign(
                            name,
                            key,
                            vector.get("size").asLong(),
                            Bytes.ofHex(text(vector, "root")));

            assertThat(signed.note()).isEqualTo(text(vector, "note"));
            assertThat(notes.verifierKey(name, key)).isEqualTo(text(vector, "key"));
            assertThat(notes.open(text(vector, "key"), signed.note())).contains(signed);
        }
    }

    @Test
    void a_note_with_one_other_character_does_not_open() {
        var notes = new Notes(CRYPTO);
        var vector = VECTORS.get("notes").get(2);
        var note = text(vector, "note");

        for (int i = 0; i < note.length(); i++) {
            var changed = new StringBuilder(note);
            changed.setCharAt(i, (char) (note.charAt(i) ^ 1));
            assertThat(notes.open(text(vector, "key"), changed.toString())).as("%d", i).isEmpty();
        }
        assertThat(notes.open(text(VECTORS.get("notes").get(1), "key"), note)).isEmpty();
    }

    private static List<List<Bytes>> levels() {
        var levels = new ArrayList<List<Bytes>>();
        var leaves = new ArrayList<Bytes>();
        for (int i = 0; i < COUNT; i++) {
            var event = ("event " + i).getBytes(StandardCharsets.US_ASCII);
            leaves.add(Bytes.owning(CRYPTO.sha256(new byte[1], CRYPTO.sha256(event))));
        }
        levels.add(leaves);
        while (levels.getLast().size() > 1) {
            var below = levels.getLast();
            var level = new ArrayList<Bytes>();
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(TREE.node(below.get(i), below.get(i + 1)));
            }
            levels.add(level);
        }
        return levels;
    }

    private static Bytes subtree(int level, long position) {
        return LEVELS.get(level).get((int) position);
    }

    private static List<Bytes> changed(List<Bytes> path, int at) {
        var changed = new ArrayList<>(path);
        var bytes = path.get(at).toArray();
        bytes[at % 32] ^= 1;
        changed.set(at, Bytes.owning(bytes));
        return changed;
    }

    private static List<Bytes> without(List<Bytes> path, int at) {
        var shorter = new ArrayList<>(path);
        shorter.remove(at);
        return shorter;
    }

    private static List<Bytes> longer(List<Bytes> path) {
        var longer = new ArrayList<>(path);
        longer.add(TREE.empty());
        return longer;
    }

    private static List<String> hex(List<Bytes> path) {
        return path.stream().map(Bytes::toHex).toList();
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static String text(JsonNode node, String member) {
        return node.get(member).asString();
    }
}
