// Makes docs/formats/vectors/ledger.json from docs/formats/ledger.md with golang.org/x/mod/sumdb.
//
//	cd trust/ledger/src/test/vectors && go run . > ../../../../../docs/formats/vectors/ledger.json
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type hashes []tlog.Hash

func (h hashes) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		out[i] = h[index]
	}
	return out, nil
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func list(proof []tlog.Hash) []string {
	out := []string{}
	for _, hash := range proof {
		out = append(out, hex.EncodeToString(hash[:]))
	}
	return out
}

func signed(seed []byte, name, text string) (string, string) {
	public := ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	vkey, err := note.NewEd25519VerifierKey(name, public)
	check(err)
	verifier, err := note.NewVerifier(vkey)
	check(err)
	skey := fmt.Sprintf("PRIVATE+KEY+%s+%08x+%s", name, verifier.KeyHash(),
		base64.StdEncoding.EncodeToString(append([]byte{1}, seed...)))
	signer, err := note.NewSigner(skey)
	check(err)
	out, err := note.Sign(&note.Note{Text: text}, signer)
	check(err)
	_, err = note.Open(out, note.VerifierList(verifier))
	check(err)
	return vkey, string(out)
}

func main() {
	const count = 70000
	var stored hashes
	for i := int64(0); i < count; i++ {
		commitment := sha256.Sum256([]byte(fmt.Sprintf("event %d", i)))
		more, err := tlog.StoredHashes(i, commitment[:], stored)
		check(err)
		stored = append(stored, more...)
	}
	root := func(size int64) tlog.Hash {
		hash, err := tlog.TreeHash(size, stored)
		check(err)
		return hash
	}

	sizes := []int64{}
	for size := int64(0); size <= 20; size++ {
		sizes = append(sizes, size)
	}
	sizes = append(sizes, 255, 256, 257, 300, 511, 512, 513, 65535, 65536, 65537, count)

	roots := []map[string]any{}
	for _, size := range sizes {
		hash := root(size)
		roots = append(roots, map[string]any{"size": size, "root": hex.EncodeToString(hash[:])})
	}

	inclusions := []map[string]any{}
	addInclusion := func(size, index int64) {
		proof, err := tlog.ProveRecord(size, index, stored)
		check(err)
		inclusions = append(inclusions, map[string]any{"size": size, "index": index, "path": list(proof)})
	}
	consistencies := []map[string]any{}
	addConsistency := func(from, to int64) {
		proof, err := tlog.ProveTree(to, from, stored)
		check(err)
		consistencies = append(consistencies, map[string]any{"from": from, "to": to, "path": list(proof)})
	}
	for size := int64(1); size <= 12; size++ {
		for index := int64(0); index < size; index++ {
			addInclusion(size, index)
		}
		for from := int64(1); from <= size; from++ {
			addConsistency(from, size)
		}
	}
	for _, pair := range [][2]int64{{300, 0}, {300, 255}, {300, 256}, {300, 299}, {513, 511}, {65537, 65536}, {count, 0}, {count, 65535}, {count, count - 1}, {count, 12345}} {
		addInclusion(pair[0], pair[1])
	}
	for _, pair := range [][2]int64{{255, 300}, {256, 300}, {257, 513}, {512, 513}, {1, count}, {256, 65536}, {65535, 65537}, {65536, count}, {12345, count}} {
		addConsistency(pair[0], pair[1])
	}

	leaves := []map[string]any{}
	for i, record := range []string{`{}`, `{"action":"secret.read","body":{"version":7},"sequence":1}`, `{"name":"äß漢😀"}`} {
		salt := sha256.Sum256([]byte(fmt.Sprintf("salt %d", i)))
		input := append([]byte("holdfast-ledger-leaf/1\n"), salt[:16]...)
		commitment := sha256.Sum256(append(input, record...))
		hash := tlog.RecordHash(commitment[:])
		leaves = append(leaves, map[string]any{
			"salt": hex.EncodeToString(salt[:16]), "record": record,
			"commitment": hex.EncodeToString(commitment[:]), "leafHash": hex.EncodeToString(hash[:]),
		})
	}

	notes := []map[string]any{}
	for _, size := range []int64{0, 1, 300, count} {
		seed := sha256.Sum256([]byte(fmt.Sprintf("seed %d", size)))
		name := fmt.Sprintf("holdfast-ledger/%x", seed[:8])
		hash := root(size)
		text := fmt.Sprintf("%s\n%d\n%s\n", name, size, base64.StdEncoding.EncodeToString(hash[:]))
		vkey, out := signed(seed[:], name, text)
		notes = append(notes, map[string]any{
			"seed": hex.EncodeToString(seed[:]), "name": name, "size": size,
			"root": hex.EncodeToString(hash[:]), "key": vkey, "note": out,
		})
	}

	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	check(encoder.Encode(map[string]any{
		"comment": "cd trust/ledger/src/test/vectors && go run . > ../../../../../docs/formats/vectors/ledger.json" +
			"; commitment of event i is SHA-256(\"event i\")",
		"leaves": leaves, "roots": roots, "inclusions": inclusions, "consistencies": consistencies, "notes": notes,
	}))
}
