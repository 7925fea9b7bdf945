package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
)

// cacheFlag defines --no-cache.
func cacheFlag(f *pflag.FlagSet, off *bool) {
	f.BoolVar(off, "no-cache", false, "do all work anew, and keep nothing for the next run ($VITRINE_CACHE is the cache's folder)")
}

// memory opens what earlier runs left; nil where it is off, or there can be none.
func (env *environment) memory(off bool) *build.Memory {
	if off {
		return nil
	}
	folder := env.getenv("VITRINE_CACHE")
	if folder == "" {
		own, err := os.UserCacheDir()
		if err != nil {
			return nil
		}
		folder = filepath.Join(own, "vitrine")
	}
	return build.OpenMemory(folder, env.root)
}
