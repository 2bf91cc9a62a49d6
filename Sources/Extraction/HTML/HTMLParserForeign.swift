/// SVG and MathML (13.2.6.5).
extension HTMLParser {
    /// Whether the start tag meets the rules for foreign content.
    mutating func isStartTagForeign() -> Bool {
        guard open.count > 1 else { return false }
        let flags = adjustedFlags
        if flags.contains(.html) || flags.contains(.htmlIntegration) { return false }
        if flags.contains(.mathTextIntegration) { return tag.name == .mglyph || tag.name == .malignmark }
        let element = open.count == 2 ? context ?? current : current
        return !(element.name == .annotationXml && tag.name == .svg && namespace(of: element) == .mathML)
    }

    private mutating func namespace(of element: OpenElement) -> HTMLNamespace {
        if element.node >= 0 { return nodes[Int(element.node)].namespace }
        if element.flags.contains(.html) { return .html }
        return element.flags.contains(.svg) ? .svg : .mathML
    }

    /// What tree construction asks of an element by its name and namespace.
    mutating func flags(of name: HTMLName, _ namespace: HTMLNamespace) -> HTMLElementFlags {
        switch namespace {
        case .html: return htmlFlags(name)
        case .svg:
            switch name {
            case .foreignObject, .desc, .title: return [.svg, .special, .scope, .htmlIntegration]
            default: return .svg
            }
        case .mathML:
            switch name {
            case .mi, .mo, .mn, .ms, .mtext: return [.special, .scope, .mathTextIntegration]
            case .annotationXml: return [.special, .scope]
            default: return []
            }
        }
    }

    /// `<svg>` or `<math>` in HTML.
    mutating func startForeignRoot(_ namespace: HTMLNamespace) {
        reconstructFormatting()
        insertForeign(namespace)
    }

    private mutating func insertForeign(_ namespace: HTMLNamespace) {
        if namespace == .svg, tag.name.index < HTMLNameTable.count {
            tag.name = HTMLName(raw: tables.svgTags[tag.name.index])
        }
        adjustAttributes(namespace)
        let node = addNode(
            HTMLNode(element: tag.name, namespace: namespace, attributes: tag.attributes, count: tag.attributeCount))
        insert(node)
        if tag.isSelfClosing { return }
        var flags = flags(of: tag.name, namespace)
        if namespace == .mathML, tag.name == .annotationXml,
            tagAttribute(.encoding, is: "text/html") || tagAttribute(.encoding, is: "application/xhtml+xml")
        {
            flags.insert(.htmlIntegration)
        }
        push(OpenElement(node: node, name: tag.name, flags: flags))
    }

    /// Gives attributes the spelling their namespace wants.
    private mutating func adjustAttributes(_ namespace: HTMLNamespace) {
        for index in tag.attributes..<(tag.attributes + tag.attributeCount) {
            let record = attributes[index]
            var name = record.name
            if namespace == .svg, Int(name) < HTMLNameTable.count {
                name = tables.svgAttributes[Int(name)]
            } else if namespace == .mathML, name == HTMLName.definitionurl.raw {
                name = HTMLName.definitionURL.raw
            }
            if name != record.name {
                attributes[index] = HTMLAttributeRecord(name: name, start: record.start, count: record.count)
            }
        }
    }

    mutating func startInForeign() {
        let isBreakout =
            htmlFlags(tag.name).contains(.breakout)
            || tag.name == .font && (tagAttribute(.color) ?? tagAttribute(.face) ?? tagAttribute(.size)) != nil
        if isBreakout {
            leaveForeign()
            return startByMode()
        }
        let element = open.count == 2 ? context ?? current : current
        insertForeign(namespace(of: element))
    }

    /// Pops until HTML may follow.
    private mutating func leaveForeign() {
        while open.count > 1, current.flags.isDisjoint(with: [.html, .htmlIntegration, .mathTextIntegration]) { pop() }
    }

    mutating func endInForeign() {
        if tag.name == .br || tag.name == .p {
            leaveForeign()
            return endByMode()
        }
        let adjusted = tag.name.index < HTMLNameTable.count ? HTMLName(raw: tables.svgTags[tag.name.index]) : tag.name
        var index = open.count - 1
        while index > 1 {
            let element = open[index]
            if index < open.count - 1, element.flags.contains(.html) { return endByMode() }
            if element.name == tag.name || element.name == adjusted { return pop(downTo: index) }
            index -= 1
        }
        if index == 1, open.count > 2 { endByMode() }
    }
}
