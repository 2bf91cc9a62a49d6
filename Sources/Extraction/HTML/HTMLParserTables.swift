/// Tables (13.2.6.4.9 to 13.2.6.4.15).
extension HTMLParser {
    // MARK: In a table

    mutating func startInTable() -> Outcome {
        switch tag.name {
        case .caption:
            clear(backTo: .tableScope)
            addMarker()
            insertElement()
            mode = .inCaption
        case .colgroup:
            clear(backTo: .tableScope)
            insertElement()
            mode = .inColumnGroup
        case .col:
            clear(backTo: .tableScope)
            insertImplied(.colgroup)
            mode = .inColumnGroup
            return .again
        case .tbody, .tfoot, .thead:
            clear(backTo: .tableScope)
            insertElement()
            mode = .inTableBody
        case .td, .th, .tr:
            clear(backTo: .tableScope)
            insertImplied(.tbody)
            mode = .inTableBody
            return .again
        case .table:
            return closeTable() ? .again : .done
        case .style, .script, .template: insertHeadContent()
        case .input where tagAttribute(.type, is: "hidden"): insertLeaf()
        case .form:
            guard form < 0, !isOpen(.template) else { return .done }
            form = insertElement()
            pop()
        default: startFostered()
        }
        return .done
    }

    /// What does not belong in a table goes before it.
    private mutating func startFostered() {
        isFostering = true
        startInBody()
        isFostering = false
    }

    private mutating func closeTable() -> Bool {
        guard hasInScope(.table, .tableScope) else { return false }
        pop(through: .table)
        resetMode()
        return true
    }

    mutating func endInTable() -> Outcome {
        switch tag.name {
        case .table: _ = closeTable()
        case .body, .caption, .col, .colgroup, .html, .tbody, .td, .tfoot, .th, .thead, .tr: break
        case .template: endTemplate()
        default:
            isFostering = true
            endInBody()
            isFostering = false
        }
        return .done
    }

    // MARK: In a caption

    private mutating func closeCaption() -> Bool {
        guard hasInScope(.caption, .tableScope) else { return false }
        generateImpliedEndTags()
        pop(through: .caption)
        clearFormattingToMarker()
        mode = .inTable
        return true
    }

    mutating func startInCaption() -> Outcome {
        switch tag.name {
        case .caption, .col, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr:
            return closeCaption() ? .again : .done
        default: startInBody()
        }
        return .done
    }

    mutating func endInCaption() -> Outcome {
        switch tag.name {
        case .caption: _ = closeCaption()
        case .table: return closeCaption() ? .again : .done
        case .body, .col, .colgroup, .html, .tbody, .td, .tfoot, .th, .thead, .tr: break
        default: endInBody()
        }
        return .done
    }

    // MARK: In a column group

    mutating func closeColumnGroup() {
        pop()
        mode = .inTable
    }

    mutating func startInColumnGroup() -> Outcome {
        switch tag.name {
        case .html: startInBody()
        case .col: insertLeaf()
        case .template: insertHeadContent()
        default:
            guard isCurrent(.colgroup) else { return .done }
            closeColumnGroup()
            return .again
        }
        return .done
    }

    mutating func endInColumnGroup() -> Outcome {
        switch tag.name {
        case .colgroup: if isCurrent(.colgroup) { closeColumnGroup() }
        case .col: break
        case .template: endTemplate()
        default:
            guard isCurrent(.colgroup) else { return .done }
            closeColumnGroup()
            return .again
        }
        return .done
    }

    // MARK: In a table body

    private mutating func closeTableBody() -> Bool {
        guard hasInScope(.tbody, .tableScope) || hasInScope(.thead, .tableScope) || hasInScope(.tfoot, .tableScope)
        else {
            return false
        }
        clear(backTo: .tableBodyContext)
        pop()
        mode = .inTable
        return true
    }

    mutating func startInTableBody() -> Outcome {
        switch tag.name {
        case .tr:
            clear(backTo: .tableBodyContext)
            insertElement()
            mode = .inRow
        case .th, .td:
            clear(backTo: .tableBodyContext)
            insertImplied(.tr)
            mode = .inRow
            return .again
        case .caption, .col, .colgroup, .tbody, .tfoot, .thead:
            return closeTableBody() ? .again : .done
        default: return startInTable()
        }
        return .done
    }

    mutating func endInTableBody() -> Outcome {
        switch tag.name {
        case .tbody, .tfoot, .thead:
            guard hasInScope(tag.name, .tableScope) else { return .done }
            clear(backTo: .tableBodyContext)
            pop()
            mode = .inTable
        case .table: return closeTableBody() ? .again : .done
        case .body, .caption, .col, .colgroup, .html, .td, .th, .tr: break
        default: return endInTable()
        }
        return .done
    }

    // MARK: In a row

    private mutating func closeRow() -> Bool {
        guard hasInScope(.tr, .tableScope) else { return false }
        clear(backTo: .tableRowContext)
        pop()
        mode = .inTableBody
        return true
    }

    mutating func startInRow() -> Outcome {
        switch tag.name {
        case .th, .td:
            clear(backTo: .tableRowContext)
            insertElement()
            mode = .inCell
            addMarker()
        case .caption, .col, .colgroup, .tbody, .tfoot, .thead, .tr:
            return closeRow() ? .again : .done
        default: return startInTable()
        }
        return .done
    }

    mutating func endInRow() -> Outcome {
        switch tag.name {
        case .tr: _ = closeRow()
        case .table: return closeRow() ? .again : .done
        case .tbody, .tfoot, .thead:
            guard hasInScope(tag.name, .tableScope) else { return .done }
            return closeRow() ? .again : .done
        case .body, .caption, .col, .colgroup, .html, .td, .th: break
        default: return endInTable()
        }
        return .done
    }

    // MARK: In a cell

    private mutating func closeCell() {
        generateImpliedEndTags()
        while open.count > 1 {
            let isLast = isCurrent(.td) || isCurrent(.th)
            pop()
            if isLast { break }
        }
        clearFormattingToMarker()
        mode = .inRow
    }

    mutating func startInCell() -> Outcome {
        switch tag.name {
        case .caption, .col, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr:
            guard hasInScope(.td, .tableScope) || hasInScope(.th, .tableScope) else { return .done }
            closeCell()
            return .again
        default: startInBody()
        }
        return .done
    }

    mutating func endInCell() -> Outcome {
        switch tag.name {
        case .td, .th:
            guard hasInScope(tag.name, .tableScope) else { return .done }
            generateImpliedEndTags()
            pop(through: tag.name)
            clearFormattingToMarker()
            mode = .inRow
        case .body, .caption, .col, .colgroup, .html: break
        case .table, .tbody, .tfoot, .thead, .tr:
            guard hasInScope(tag.name, .tableScope) else { return .done }
            closeCell()
            return .again
        default: endInBody()
        }
        return .done
    }
}
