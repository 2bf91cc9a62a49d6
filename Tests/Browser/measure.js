// What is asked of a page, in a world of its own: the page's scripts see nothing of it, and its policy does not forbid it.
var stetChecks = (() => {
  const seen = e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
  const name = e => {
    if (!e || e === document.body || e === document.documentElement) return 'body'
    const words = (e.getAttribute('aria-label') || e.innerText || e.getAttribute('href') || e.getAttribute('name') || '').trim().slice(0, 40)
    const marks = (e.id ? '#' + e.id : '') + (e.classList.length ? '.' + [...e.classList].join('.') : '')
    return `<${e.localName}${marks}> ${words}`
  }
  const scrolls = e => {
    const s = getComputedStyle(e), rolls = v => v === 'auto' || v === 'scroll'
    return (rolls(s.overflowX) && e.scrollWidth > e.clientWidth + 1) || (rolls(s.overflowY) && e.scrollHeight > e.clientHeight + 1)
  }

  // Everything that a mouse can use, less what a keyboard reaches by arrow keys (the other buttons of a radio group).
  const interactive = () => {
    const found = [...document.querySelectorAll(
      'a[href],area[href],button,input,select,textarea,summary,iframe,audio[controls],video[controls],[contenteditable=true],[tabindex],' +
      '[onclick],[role=button],[role=link],[role=tab],[role=checkbox],[role=menuitem],[role=switch]')]
    const groups = new Set()
    return found.filter(e => {
      if (!seen(e) || e.closest('[inert]') || e.disabled || e.type === 'hidden' || e.matches('fieldset[disabled] *')) return false
      if (e.localName === 'summary' && e.parentElement.localName !== 'details') return false
      if (e.getAttribute('tabindex') === '-1' && !e.matches('a[href],button,input,select,textarea,summary')) return false
      if (e.getAttribute('role') === 'tab' && e.getAttribute('aria-selected') === 'false') return false
      if (e.type === 'radio') {
        const key = e.name, chosen = found.some(o => o.type === 'radio' && o.name === key && o.checked)
        if (chosen ? !e.checked : groups.has(key)) return false
        groups.add(key)
      }
      return true
    })
  }

  const looks = e => {
    const of = s => [s.outlineStyle === 'none' ? 'none' : s.outlineStyle + s.outlineWidth + s.outlineColor, s.boxShadow, s.backgroundColor,
      s.borderColor, s.borderWidth, s.textDecorationLine + s.textDecorationThickness, s.color].join('|')
    return of(getComputedStyle(e)) + '/' + of(getComputedStyle(e, '::before')) + '/' + of(getComputedStyle(e, '::after'))
  }

  let walk = null
  const startWalk = () => {
    if (document.activeElement) document.activeElement.blur()
    window.scrollTo(0, 0)
    getSelection().removeAllRanges()
    const all = interactive(), rolling = [...document.querySelectorAll('body *')].filter(e => seen(e) && scrolls(e))
    // A place that scrolls can be reached itself, or by what stands in it.
    const regions = rolling.filter(e => !all.some(i => e.contains(i)))
    walk = { all, regions, before: new Map([...all, ...regions].map(e => [e, looks(e)])), steps: [] }
    addEventListener('focusin', event => {
      const e = event.target, box = e.getBoundingClientRect()
      const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
      const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2
      const top = inside ? document.elementFromPoint(x, y) : null
      walk.steps.push({ e, inside, covered: inside && top && !e.contains(top) && !top.contains(e),
        changed: walk.before.has(e) ? walk.before.get(e) !== looks(e) : null })
    }, true)
    // Some controls have several stops: a date's day, month, year and calendar.
    const parts = { date: 3, time: 2, 'datetime-local': 6, month: 2, week: 2 }
    const stops = all.length + regions.length + all.reduce((n, e) => n + (parts[e.type] || 0) + (e.controls ? 9 : 0), 0)
    return { stops, frames: all.filter(e => e.localName === 'iframe').length }
  }
  // Nobody is told when focus goes into a frame.
  const noteFrame = () => {
    const e = document.activeElement
    if (e && e.localName === 'iframe' && (walk.steps.at(-1) || {}).e !== e) walk.steps.push({ e, inside: true, covered: false, changed: null })
    return e && e.localName === 'iframe'
  }
  const endWalk = () => {
    const problems = [], reached = new Set(walk.steps.map(s => s.e))
    // A frame in which nothing can be chosen or rolled is passed by.
    for (const e of walk.all) if (!reached.has(e) && e.localName !== 'iframe') problems.push(`not reached by Tab: ${name(e)}`)
    for (const e of walk.regions) if (!reached.has(e)) problems.push(`scrolls and is not reached by Tab: ${name(e)}`)
    const told = new Set()
    for (const s of walk.steps) {
      if (told.has(s.e) || !walk.before.has(s.e)) continue
      told.add(s.e)
      if (s.changed === false && s.e.localName !== 'iframe') problems.push(`focus is not visible: ${name(s.e)}`)
      if (!s.inside) problems.push(`focus is outside of the window: ${name(s.e)}`)
      else if (s.covered) problems.push(`focus is covered: ${name(s.e)}`)
    }
    const first = walk.steps[0] && walk.steps[0].e
    if (walk.all.length > 2) {
      const target = first && first.hash ? document.getElementById(decodeURIComponent(first.hash.slice(1))) : null
      if (!target) problems.push(`the first stop is no skip link: ${name(first)}`)
      else if (target.localName !== 'main' && !target.closest('main')) problems.push(`the skip link does not lead to the main content: ${name(target)}`)
    }
    return { stops: told.size, problems }
  }

  const overflow = () => {
    const width = document.documentElement.clientWidth, whole = document.scrollingElement.scrollWidth
    if (whole <= width + 1) return []
    const wide = [...document.querySelectorAll('body *')].filter(e => {
      if (!seen(e) || e.getBoundingClientRect().right <= width + 1) return false
      for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return false
      return true
    })
    return [`${whole} px wide in a window of ${width} px: ${wide.slice(0, 3).map(name).join(', ')}`]
  }

  // Words, how often: those of controls, and of links that only lead on, may be missing on paper.
  const words = () => {
    const main = document.querySelector('main') || document.body, count = {}
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    for (let n = walker.nextNode(); n; n = walker.nextNode()) {
      const up = n.parentElement
      if (!up || up.closest('script,style,noscript,template,form,button,nav,select,.do,.onward,.vh') || !seen(up)) continue
      for (const word of n.data.split(/\s+/)) if (word) count[word] = (count[word] || 0) + 1
    }
    return count
  }

  const links = () => [...document.querySelectorAll('a[href]:not([download]),area[href]')].map(a => a.href)

  const axeFindings = async () => {
    if (document.activeElement) document.activeElement.blur()
    scrollTo(0, 0)
    const found = await axe.run(document, { iframes: false, preload: false, resultTypes: ['violations'], runOnly: { type: 'tag', values: [
      'wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
    return found.violations.map(v => ({ rule: v.id, impact: v.impact || 'none', count: v.nodes.length,
      what: v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} (${(n.any[0] || n.all[0] || n.none[0] || {}).message || v.help})`).join('; ') }))
  }

  return { startWalk, noteFrame, endWalk, overflow, words, links, axeFindings }
})()
