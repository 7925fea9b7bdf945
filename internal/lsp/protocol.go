package lsp

import "encoding/json"

// What is needed of the protocol's structures, under their names there. Lines
// and characters are counted from 0.

type (
	position struct {
		Line      int `json:"line"`
		Character int `json:"character"`
	}
	textRange struct { // range
		Start position `json:"start"`
		End   position `json:"end"`
	}
	location struct {
		URI   string    `json:"uri"`
		Range textRange `json:"range"`
	}
	textDocument struct { // identifiers and items
		URI        string `json:"uri"`
		LanguageID string `json:"languageId,omitempty"`
		Version    int    `json:"version,omitempty"`
		Text       string `json:"text,omitempty"`
	}
	logMessage struct {
		Type    messageType `json:"type"`
		Message string      `json:"message"`
	}
	messageType int
)

const (
	levelError messageType = 1 + iota
	levelWarning
	levelInfo
)

// What a client says of itself.
type (
	initializeParams struct {
		Locale           string             `json:"locale"`
		RootURI          string             `json:"rootUri"`
		WorkspaceFolders []workspaceFolder  `json:"workspaceFolders"`
		Capabilities     clientCapabilities `json:"capabilities"`
	}
	workspaceFolder struct {
		URI string `json:"uri"`
	}
	clientCapabilities struct {
		General struct {
			PositionEncodings []string `json:"positionEncodings"`
		} `json:"general"`
		Workspace struct {
			WorkspaceEdit struct {
				DocumentChanges    bool     `json:"documentChanges"`
				ResourceOperations []string `json:"resourceOperations"`
			} `json:"workspaceEdit"`
			DidChangeWatchedFiles struct {
				DynamicRegistration bool `json:"dynamicRegistration"`
			} `json:"didChangeWatchedFiles"`
		} `json:"workspace"`
		TextDocument struct {
			Completion struct {
				CompletionItem struct {
					SnippetSupport bool `json:"snippetSupport"`
				} `json:"completionItem"`
			} `json:"completion"`
			DocumentSymbol struct {
				HierarchicalDocumentSymbolSupport bool `json:"hierarchicalDocumentSymbolSupport"`
			} `json:"documentSymbol"`
		} `json:"textDocument"`
	}
)

// What is asked and answered.
type (
	documentParams struct {
		TextDocument textDocument `json:"textDocument"`
	}
	placeParams struct {
		documentParams
		Position position `json:"position"`
		NewName  string   `json:"newName"` // of a rename
	}
	changeParams struct {
		documentParams
		ContentChanges []struct {
			Range *textRange `json:"range"` // nil: the whole text
			Text  string     `json:"text"`
		} `json:"contentChanges"`
	}
	watchedParams struct {
		Changes []struct {
			URI string `json:"uri"`
		} `json:"changes"`
	}
	foldersParams struct {
		Event struct {
			Added   []workspaceFolder `json:"added"`
			Removed []workspaceFolder `json:"removed"`
		} `json:"event"`
	}
	renameFilesParams struct {
		Files []struct {
			OldURI string `json:"oldUri"`
			NewURI string `json:"newUri"`
		} `json:"files"`
	}
	actionParams struct {
		documentParams
		Range   textRange `json:"range"`
		Context struct {
			Only []string `json:"only"`
		} `json:"context"`
	}

	diagnostic struct {
		Range    textRange `json:"range"`
		Severity int       `json:"severity"`
		Code     string    `json:"code"`
		Source   string    `json:"source"`
		Message  string    `json:"message"`
		Tags     []int     `json:"tags,omitempty"`
		Related  []related `json:"relatedInformation,omitempty"`
	}
	related struct {
		Location location `json:"location"`
		Message  string   `json:"message"`
	}
	publishParams struct {
		URI         string       `json:"uri"`
		Version     *int         `json:"version,omitempty"`
		Diagnostics []diagnostic `json:"diagnostics"`
	}

	markup struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}
	hover struct {
		Contents markup    `json:"contents"`
		Range    textRange `json:"range"`
	}
	textEdit struct {
		Range   textRange `json:"range"`
		NewText string    `json:"newText"`
	}
	completionList struct {
		IsIncomplete bool             `json:"isIncomplete"`
		Items        []completionItem `json:"items"`
	}
	completionItem struct {
		Label            string    `json:"label"`
		Kind             int       `json:"kind"`
		Detail           string    `json:"detail,omitempty"`
		Documentation    *markup   `json:"documentation,omitempty"`
		SortText         string    `json:"sortText,omitempty"`
		FilterText       string    `json:"filterText,omitempty"`
		InsertTextFormat int       `json:"insertTextFormat,omitempty"`
		InsertTextMode   int       `json:"insertTextMode,omitempty"`
		TextEdit         *textEdit `json:"textEdit,omitempty"`
	}
	codeAction struct {
		Title       string         `json:"title"`
		Kind        string         `json:"kind"`
		Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
		IsPreferred bool           `json:"isPreferred,omitempty"`
		Edit        *workspaceEdit `json:"edit,omitempty"`
	}
	workspaceEdit struct {
		Changes         map[string][]textEdit `json:"changes,omitempty"`
		DocumentChanges []any                 `json:"documentChanges,omitempty"` // documentEdit and renameFile
	}
	documentEdit struct {
		TextDocument versionedDocument `json:"textDocument"`
		Edits        []textEdit        `json:"edits"`
	}
	versionedDocument struct {
		URI     string `json:"uri"`
		Version *int   `json:"version"` // null: that of the disk
	}
	renameFile struct {
		Kind   string `json:"kind"` // "rename"
		OldURI string `json:"oldUri"`
		NewURI string `json:"newUri"`
	}
	prepared struct {
		Range       textRange `json:"range"`
		Placeholder string    `json:"placeholder"`
	}
	symbol struct {
		Name           string    `json:"name"`
		Detail         string    `json:"detail,omitempty"`
		Kind           int       `json:"kind"`
		Range          textRange `json:"range"`
		SelectionRange textRange `json:"selectionRange"`
		Children       []symbol  `json:"children,omitempty"`
	}
)

// The numbers of the protocol that are used.
const (
	tagUnnecessary = 1
	snippetFormat  = 2
	adjustIndent   = 2 // insertTextMode: the editor indents the lines after the first

	kindProperty  = 10 // completionItemKind
	kindValue     = 12
	kindEnum      = 13
	kindFile      = 17
	kindReference = 18
	kindText      = 1

	symbolProperty = 7
	symbolString   = 15
)

// Codes of errors.
const (
	notInitialized   = -32002
	requestFailed    = -32803
	requestCancelled = -32800
)

type object = map[string]any

// decode reads parameters; what is not as the protocol has it stays zero.
func decode(params string, into any) error {
	if params == "" {
		return nil
	}
	return json.Unmarshal([]byte(params), into)
}
