/// Ways through the tree. None recurses: depth costs no stack.
extension HTMLDocument {
    package struct Children: Sequence, IteratorProtocol, Sendable {
        fileprivate let storage: HTMLStorage
        fileprivate var upcoming: Int32

        package mutating func next() -> NodeID? {
            guard upcoming >= 0 else { return nil }
            let node = NodeID(raw: upcoming)
            upcoming = storage.node(node).nextSibling
            return node
        }
    }

    package func children(of node: NodeID) -> Children {
        Children(storage: storage, upcoming: storage.node(node).firstChild)
    }

    package struct Ancestors: Sequence, IteratorProtocol, Sendable {
        fileprivate let storage: HTMLStorage
        fileprivate var upcoming: Int32

        package mutating func next() -> NodeID? {
            guard upcoming >= 0 else { return nil }
            let node = NodeID(raw: upcoming)
            upcoming = storage.node(node).parent
            return node
        }
    }

    /// The parent, its parent and so on, up to the document.
    package func ancestors(of node: NodeID) -> Ancestors {
        Ancestors(storage: storage, upcoming: storage.node(node).parent)
    }

    /// A node and all that is in it, in document order. `skipChildren()` passes over what is in the node last given.
    package struct Subtree: Sequence, IteratorProtocol, Sendable {
        fileprivate let storage: HTMLStorage
        fileprivate let top: Int32
        fileprivate var last: Int32 = -1
        fileprivate var skips = false

        package mutating func next() -> NodeID? {
            if last < 0 {
                guard last == -1 else { return nil }
                last = top
                return NodeID(raw: top)
            }
            let record = storage.node(NodeID(raw: last))
            if !skips, record.firstChild >= 0 {
                last = record.firstChild
            } else {
                last = following(last)
            }
            skips = false
            return last < 0 ? nil : NodeID(raw: last)
        }

        package mutating func skipChildren() {
            skips = true
        }

        /// The next node that is not in this one, -2 after the last.
        private func following(_ node: Int32) -> Int32 {
            var node = node
            while node != top {
                let record = storage.node(NodeID(raw: node))
                if record.nextSibling >= 0 { return record.nextSibling }
                node = record.parent
            }
            return -2
        }
    }

    package func subtree(of node: NodeID) -> Subtree {
        precondition(node.index < nodeCount, "a node of another document")
        return Subtree(storage: storage, top: node.raw)
    }

    package enum Step: Hashable, Sendable {
        case enter(NodeID)
        case leave(NodeID)
    }

    /// A node and all that is in it: each node is entered, then its children are walked, then it is left.
    package struct Walk: Sequence, IteratorProtocol, Sendable {
        fileprivate let storage: HTMLStorage
        fileprivate let top: Int32
        fileprivate var last: Step?
        fileprivate var skips = false
        fileprivate var isOver = false

        package mutating func next() -> Step? {
            guard !isOver else { return nil }
            let step: Step
            switch last {
            case nil: step = .enter(NodeID(raw: top))
            case .enter(let node):
                let child = skips ? -1 : storage.node(node).firstChild
                step = child >= 0 ? .enter(NodeID(raw: child)) : .leave(node)
            case .leave(let node):
                if node.raw == top {
                    isOver = true
                    return nil
                }
                let record = storage.node(node)
                step =
                    record.nextSibling >= 0
                    ? .enter(NodeID(raw: record.nextSibling)) : .leave(NodeID(raw: record.parent))
            }
            skips = false
            last = step
            return step
        }

        /// Leaves the node just entered without walking its children.
        package mutating func skipChildren() {
            skips = true
        }
    }

    package func walk(_ node: NodeID) -> Walk {
        precondition(node.index < nodeCount, "a node of another document")
        return Walk(storage: storage, top: node.raw)
    }
}
