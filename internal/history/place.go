package history

// Place returns the top folder of the repository that a catalog's root is in,
// and where the root stands below it, with slashes: "" where they are the same.
// Outside a repository, the top is the root itself.
func Place(root string) (top, under string, err error) {
	repo, err := open(root)
	if err != nil || repo == nil {
		return root, "", err
	}
	tree, err := repo.Worktree()
	if err != nil {
		return root, "", nil // a bare repository has no files beside the catalog
	}
	under, err = below(repo, root, ".")
	if under == "." {
		under = ""
	}
	return tree.Filesystem.Root(), under, err
}
