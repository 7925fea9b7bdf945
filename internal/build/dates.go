package build

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/history"
	"vitrine/internal/stamp"
)

// dates reads what the history tells of a catalog's files.
func dates(ctx context.Context, dir string, c *catalog.Catalog, m *Memory) (map[string]history.Record, error) {
	var entries []history.Entry
	for e := range c.Entries {
		entries = append(entries, history.Entry{Path: e.Source, Blob: e.Blob, Published: e.Status == catalog.Published})
	}
	if m == nil {
		return history.Read(ctx, dir, "content", entries)
	}
	key := datesKey(m, dir, entries)
	if records := m.dates(key); records != nil {
		return records, nil
	}
	records, err := history.Read(ctx, dir, "content", entries)
	if err == nil && records != nil {
		m.keepDates(key, records)
	}
	return records, err
}

// Date fills in when each entry of a checked catalog last changed and was first
// published, as the history tells. The notice says why it does not; "" where it
// does.
func Date(ctx context.Context, root *content.Root, r *check.Result, opt Options) (notice string) {
	tell(ctx)(Dating, 0, 0)
	records, err := dates(ctx, root.Dir(), r.Catalog, opt.Memory)
	date(r.Catalog, records)
	return noticeOf(err)
}

func date(c *catalog.Catalog, records map[string]history.Record) {
	for e := range c.Entries {
		e.Changed, e.Published = datesOf(e, records)
	}
}

// datesKey is a digest of what the dates depend on: the commit, and which entries
// are published. Their bytes only spare looking for the day.
func datesKey(m *Memory, dir string, entries []history.Entry) digest {
	h := sha256.New()
	h.Write(m.program[:])
	h.Write([]byte(history.State(dir)))
	for _, e := range entries {
		h.Write(stamp.AppendText(nil, e.Path))
		if e.Published {
			h.Write([]byte{1})
		} else {
			h.Write([]byte{0})
		}
	}
	return digest(h.Sum(nil))
}

func (m *Memory) dates(key digest) map[string]history.Record {
	data := m.read("dates")
	if len(data) < len(key) || digest(data) != key {
		return nil
	}
	n, data, ok := stamp.ReadNumber(data[len(key):])
	records := make(map[string]history.Record, n)
	for range n {
		var name string
		if name, data, ok = stamp.ReadText(data); !ok || len(data) < 16 {
			return nil
		}
		records[name] = history.Record{Changed: second(data), Published: second(data[8:])}
		data = data[16:]
	}
	if !ok {
		return nil
	}
	return records
}

// second reads a time as git knows it, in whole seconds.
func second(data []byte) time.Time {
	return time.Unix(int64(binary.LittleEndian.Uint64(data)), 0).UTC() //nolint:gosec // the same bits
}

func (m *Memory) keepDates(key digest, records map[string]history.Record) {
	data := binary.AppendUvarint(key[:], uint64(len(records)))
	for name, r := range records {
		data = stamp.AppendText(data, name)
		data = binary.LittleEndian.AppendUint64(data, uint64(r.Changed.Unix()))   //nolint:gosec // the same bits
		data = binary.LittleEndian.AppendUint64(data, uint64(r.Published.Unix())) //nolint:gosec // the same bits
	}
	m.write("dates", data)
}
