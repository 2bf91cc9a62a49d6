// swift-format-ignore-file
// Generated tables, hence longer than other files here: every HTML, SVG and MathML name the parser treats specially,
// and the attribute names common enough to deserve a constant. A name's number is its place in `names`.
// Sources: WHATWG HTML 13.1.2, 13.2.4.2, 13.2.6.4.7, 13.2.6.5.

extension HTMLName {
    package static var html: HTMLName { HTMLName(raw: 1) }
    package static var head: HTMLName { HTMLName(raw: 2) }
    package static var body: HTMLName { HTMLName(raw: 3) }
    package static var title: HTMLName { HTMLName(raw: 4) }
    package static var base: HTMLName { HTMLName(raw: 5) }
    package static var link: HTMLName { HTMLName(raw: 6) }
    package static var meta: HTMLName { HTMLName(raw: 7) }
    package static var style: HTMLName { HTMLName(raw: 8) }
    package static var script: HTMLName { HTMLName(raw: 9) }
    package static var noscript: HTMLName { HTMLName(raw: 10) }
    package static var template: HTMLName { HTMLName(raw: 11) }
    package static var a: HTMLName { HTMLName(raw: 12) }
    package static var abbr: HTMLName { HTMLName(raw: 13) }
    package static var acronym: HTMLName { HTMLName(raw: 14) }
    package static var address: HTMLName { HTMLName(raw: 15) }
    package static var applet: HTMLName { HTMLName(raw: 16) }
    package static var area: HTMLName { HTMLName(raw: 17) }
    package static var article: HTMLName { HTMLName(raw: 18) }
    package static var aside: HTMLName { HTMLName(raw: 19) }
    package static var audio: HTMLName { HTMLName(raw: 20) }
    package static var b: HTMLName { HTMLName(raw: 21) }
    package static var basefont: HTMLName { HTMLName(raw: 22) }
    package static var bdi: HTMLName { HTMLName(raw: 23) }
    package static var bdo: HTMLName { HTMLName(raw: 24) }
    package static var bgsound: HTMLName { HTMLName(raw: 25) }
    package static var big: HTMLName { HTMLName(raw: 26) }
    package static var blink: HTMLName { HTMLName(raw: 27) }
    package static var blockquote: HTMLName { HTMLName(raw: 28) }
    package static var br: HTMLName { HTMLName(raw: 29) }
    package static var button: HTMLName { HTMLName(raw: 30) }
    package static var canvas: HTMLName { HTMLName(raw: 31) }
    package static var caption: HTMLName { HTMLName(raw: 32) }
    package static var center: HTMLName { HTMLName(raw: 33) }
    package static var cite: HTMLName { HTMLName(raw: 34) }
    package static var code: HTMLName { HTMLName(raw: 35) }
    package static var col: HTMLName { HTMLName(raw: 36) }
    package static var colgroup: HTMLName { HTMLName(raw: 37) }
    package static var command: HTMLName { HTMLName(raw: 38) }
    package static var content: HTMLName { HTMLName(raw: 39) }
    package static var data: HTMLName { HTMLName(raw: 40) }
    package static var datalist: HTMLName { HTMLName(raw: 41) }
    package static var dd: HTMLName { HTMLName(raw: 42) }
    package static var del: HTMLName { HTMLName(raw: 43) }
    package static var details: HTMLName { HTMLName(raw: 44) }
    package static var dfn: HTMLName { HTMLName(raw: 45) }
    package static var dialog: HTMLName { HTMLName(raw: 46) }
    package static var dir: HTMLName { HTMLName(raw: 47) }
    package static var div: HTMLName { HTMLName(raw: 48) }
    package static var dl: HTMLName { HTMLName(raw: 49) }
    package static var dt: HTMLName { HTMLName(raw: 50) }
    package static var em: HTMLName { HTMLName(raw: 51) }
    package static var embed: HTMLName { HTMLName(raw: 52) }
    package static var fieldset: HTMLName { HTMLName(raw: 53) }
    package static var figcaption: HTMLName { HTMLName(raw: 54) }
    package static var figure: HTMLName { HTMLName(raw: 55) }
    package static var font: HTMLName { HTMLName(raw: 56) }
    package static var footer: HTMLName { HTMLName(raw: 57) }
    package static var form: HTMLName { HTMLName(raw: 58) }
    package static var frame: HTMLName { HTMLName(raw: 59) }
    package static var frameset: HTMLName { HTMLName(raw: 60) }
    package static var h1: HTMLName { HTMLName(raw: 61) }
    package static var h2: HTMLName { HTMLName(raw: 62) }
    package static var h3: HTMLName { HTMLName(raw: 63) }
    package static var h4: HTMLName { HTMLName(raw: 64) }
    package static var h5: HTMLName { HTMLName(raw: 65) }
    package static var h6: HTMLName { HTMLName(raw: 66) }
    package static var header: HTMLName { HTMLName(raw: 67) }
    package static var hgroup: HTMLName { HTMLName(raw: 68) }
    package static var hr: HTMLName { HTMLName(raw: 69) }
    package static var i: HTMLName { HTMLName(raw: 70) }
    package static var iframe: HTMLName { HTMLName(raw: 71) }
    package static var image: HTMLName { HTMLName(raw: 72) }
    package static var img: HTMLName { HTMLName(raw: 73) }
    package static var input: HTMLName { HTMLName(raw: 74) }
    package static var ins: HTMLName { HTMLName(raw: 75) }
    package static var isindex: HTMLName { HTMLName(raw: 76) }
    package static var kbd: HTMLName { HTMLName(raw: 77) }
    package static var keygen: HTMLName { HTMLName(raw: 78) }
    package static var label: HTMLName { HTMLName(raw: 79) }
    package static var legend: HTMLName { HTMLName(raw: 80) }
    package static var li: HTMLName { HTMLName(raw: 81) }
    package static var listing: HTMLName { HTMLName(raw: 82) }
    package static var main: HTMLName { HTMLName(raw: 83) }
    package static var map: HTMLName { HTMLName(raw: 84) }
    package static var mark: HTMLName { HTMLName(raw: 85) }
    package static var marquee: HTMLName { HTMLName(raw: 86) }
    package static var menu: HTMLName { HTMLName(raw: 87) }
    package static var menuitem: HTMLName { HTMLName(raw: 88) }
    package static var meter: HTMLName { HTMLName(raw: 89) }
    package static var multicol: HTMLName { HTMLName(raw: 90) }
    package static var nav: HTMLName { HTMLName(raw: 91) }
    package static var nextid: HTMLName { HTMLName(raw: 92) }
    package static var nobr: HTMLName { HTMLName(raw: 93) }
    package static var noembed: HTMLName { HTMLName(raw: 94) }
    package static var noframes: HTMLName { HTMLName(raw: 95) }
    package static var object: HTMLName { HTMLName(raw: 96) }
    package static var ol: HTMLName { HTMLName(raw: 97) }
    package static var optgroup: HTMLName { HTMLName(raw: 98) }
    package static var option: HTMLName { HTMLName(raw: 99) }
    package static var output: HTMLName { HTMLName(raw: 100) }
    package static var p: HTMLName { HTMLName(raw: 101) }
    package static var param: HTMLName { HTMLName(raw: 102) }
    package static var picture: HTMLName { HTMLName(raw: 103) }
    package static var plaintext: HTMLName { HTMLName(raw: 104) }
    package static var portal: HTMLName { HTMLName(raw: 105) }
    package static var pre: HTMLName { HTMLName(raw: 106) }
    package static var progress: HTMLName { HTMLName(raw: 107) }
    package static var q: HTMLName { HTMLName(raw: 108) }
    package static var rb: HTMLName { HTMLName(raw: 109) }
    package static var rbc: HTMLName { HTMLName(raw: 110) }
    package static var rp: HTMLName { HTMLName(raw: 111) }
    package static var rt: HTMLName { HTMLName(raw: 112) }
    package static var rtc: HTMLName { HTMLName(raw: 113) }
    package static var ruby: HTMLName { HTMLName(raw: 114) }
    package static var s: HTMLName { HTMLName(raw: 115) }
    package static var samp: HTMLName { HTMLName(raw: 116) }
    package static var search: HTMLName { HTMLName(raw: 117) }
    package static var section: HTMLName { HTMLName(raw: 118) }
    package static var select: HTMLName { HTMLName(raw: 119) }
    package static var selectedcontent: HTMLName { HTMLName(raw: 120) }
    package static var shadow: HTMLName { HTMLName(raw: 121) }
    package static var slot: HTMLName { HTMLName(raw: 122) }
    package static var small: HTMLName { HTMLName(raw: 123) }
    package static var source: HTMLName { HTMLName(raw: 124) }
    package static var spacer: HTMLName { HTMLName(raw: 125) }
    package static var span: HTMLName { HTMLName(raw: 126) }
    package static var strike: HTMLName { HTMLName(raw: 127) }
    package static var strong: HTMLName { HTMLName(raw: 128) }
    package static var sub: HTMLName { HTMLName(raw: 129) }
    package static var summary: HTMLName { HTMLName(raw: 130) }
    package static var sup: HTMLName { HTMLName(raw: 131) }
    package static var table: HTMLName { HTMLName(raw: 132) }
    package static var tbody: HTMLName { HTMLName(raw: 133) }
    package static var td: HTMLName { HTMLName(raw: 134) }
    package static var textarea: HTMLName { HTMLName(raw: 135) }
    package static var tfoot: HTMLName { HTMLName(raw: 136) }
    package static var th: HTMLName { HTMLName(raw: 137) }
    package static var thead: HTMLName { HTMLName(raw: 138) }
    package static var time: HTMLName { HTMLName(raw: 139) }
    package static var tr: HTMLName { HTMLName(raw: 140) }
    package static var track: HTMLName { HTMLName(raw: 141) }
    package static var tt: HTMLName { HTMLName(raw: 142) }
    package static var u: HTMLName { HTMLName(raw: 143) }
    package static var ul: HTMLName { HTMLName(raw: 144) }
    package static var `var`: HTMLName { HTMLName(raw: 145) }
    package static var video: HTMLName { HTMLName(raw: 146) }
    package static var wbr: HTMLName { HTMLName(raw: 147) }
    package static var xmp: HTMLName { HTMLName(raw: 148) }
    package static var svg: HTMLName { HTMLName(raw: 149) }
    package static var g: HTMLName { HTMLName(raw: 150) }
    package static var path: HTMLName { HTMLName(raw: 151) }
    package static var rect: HTMLName { HTMLName(raw: 152) }
    package static var circle: HTMLName { HTMLName(raw: 153) }
    package static var ellipse: HTMLName { HTMLName(raw: 154) }
    package static var line: HTMLName { HTMLName(raw: 155) }
    package static var polyline: HTMLName { HTMLName(raw: 156) }
    package static var polygon: HTMLName { HTMLName(raw: 157) }
    package static var text: HTMLName { HTMLName(raw: 158) }
    package static var tspan: HTMLName { HTMLName(raw: 159) }
    package static var defs: HTMLName { HTMLName(raw: 160) }
    package static var use: HTMLName { HTMLName(raw: 161) }
    package static var symbol: HTMLName { HTMLName(raw: 162) }
    package static var mask: HTMLName { HTMLName(raw: 163) }
    package static var pattern: HTMLName { HTMLName(raw: 164) }
    package static var marker: HTMLName { HTMLName(raw: 165) }
    package static var stop: HTMLName { HTMLName(raw: 166) }
    package static var desc: HTMLName { HTMLName(raw: 167) }
    package static var metadata: HTMLName { HTMLName(raw: 168) }
    package static var view: HTMLName { HTMLName(raw: 169) }
    package static var animate: HTMLName { HTMLName(raw: 170) }
    package static var `set`: HTMLName { HTMLName(raw: 171) }
    package static var `switch`: HTMLName { HTMLName(raw: 172) }
    package static var filter: HTMLName { HTMLName(raw: 173) }
    package static var altglyph: HTMLName { HTMLName(raw: 174) }
    package static var altglyphdef: HTMLName { HTMLName(raw: 175) }
    package static var altglyphitem: HTMLName { HTMLName(raw: 176) }
    package static var animatecolor: HTMLName { HTMLName(raw: 177) }
    package static var animatemotion: HTMLName { HTMLName(raw: 178) }
    package static var animatetransform: HTMLName { HTMLName(raw: 179) }
    package static var clippath: HTMLName { HTMLName(raw: 180) }
    package static var feblend: HTMLName { HTMLName(raw: 181) }
    package static var fecolormatrix: HTMLName { HTMLName(raw: 182) }
    package static var fecomponenttransfer: HTMLName { HTMLName(raw: 183) }
    package static var fecomposite: HTMLName { HTMLName(raw: 184) }
    package static var feconvolvematrix: HTMLName { HTMLName(raw: 185) }
    package static var fediffuselighting: HTMLName { HTMLName(raw: 186) }
    package static var fedisplacementmap: HTMLName { HTMLName(raw: 187) }
    package static var fedistantlight: HTMLName { HTMLName(raw: 188) }
    package static var fedropshadow: HTMLName { HTMLName(raw: 189) }
    package static var feflood: HTMLName { HTMLName(raw: 190) }
    package static var fefunca: HTMLName { HTMLName(raw: 191) }
    package static var fefuncb: HTMLName { HTMLName(raw: 192) }
    package static var fefuncg: HTMLName { HTMLName(raw: 193) }
    package static var fefuncr: HTMLName { HTMLName(raw: 194) }
    package static var fegaussianblur: HTMLName { HTMLName(raw: 195) }
    package static var feimage: HTMLName { HTMLName(raw: 196) }
    package static var femerge: HTMLName { HTMLName(raw: 197) }
    package static var femergenode: HTMLName { HTMLName(raw: 198) }
    package static var femorphology: HTMLName { HTMLName(raw: 199) }
    package static var feoffset: HTMLName { HTMLName(raw: 200) }
    package static var fepointlight: HTMLName { HTMLName(raw: 201) }
    package static var fespecularlighting: HTMLName { HTMLName(raw: 202) }
    package static var fespotlight: HTMLName { HTMLName(raw: 203) }
    package static var fetile: HTMLName { HTMLName(raw: 204) }
    package static var feturbulence: HTMLName { HTMLName(raw: 205) }
    package static var foreignobject: HTMLName { HTMLName(raw: 206) }
    package static var glyphref: HTMLName { HTMLName(raw: 207) }
    package static var lineargradient: HTMLName { HTMLName(raw: 208) }
    package static var radialgradient: HTMLName { HTMLName(raw: 209) }
    package static var textpath: HTMLName { HTMLName(raw: 210) }
    package static var math: HTMLName { HTMLName(raw: 211) }
    package static var mi: HTMLName { HTMLName(raw: 212) }
    package static var mo: HTMLName { HTMLName(raw: 213) }
    package static var mn: HTMLName { HTMLName(raw: 214) }
    package static var ms: HTMLName { HTMLName(raw: 215) }
    package static var mtext: HTMLName { HTMLName(raw: 216) }
    package static var mglyph: HTMLName { HTMLName(raw: 217) }
    package static var malignmark: HTMLName { HTMLName(raw: 218) }
    package static var annotationXml: HTMLName { HTMLName(raw: 219) }
    package static var annotation: HTMLName { HTMLName(raw: 220) }
    package static var semantics: HTMLName { HTMLName(raw: 221) }
    package static var mrow: HTMLName { HTMLName(raw: 222) }
    package static var mfrac: HTMLName { HTMLName(raw: 223) }
    package static var msqrt: HTMLName { HTMLName(raw: 224) }
    package static var mroot: HTMLName { HTMLName(raw: 225) }
    package static var mstyle: HTMLName { HTMLName(raw: 226) }
    package static var merror: HTMLName { HTMLName(raw: 227) }
    package static var mpadded: HTMLName { HTMLName(raw: 228) }
    package static var mphantom: HTMLName { HTMLName(raw: 229) }
    package static var mfenced: HTMLName { HTMLName(raw: 230) }
    package static var menclose: HTMLName { HTMLName(raw: 231) }
    package static var msub: HTMLName { HTMLName(raw: 232) }
    package static var msup: HTMLName { HTMLName(raw: 233) }
    package static var msubsup: HTMLName { HTMLName(raw: 234) }
    package static var munder: HTMLName { HTMLName(raw: 235) }
    package static var mover: HTMLName { HTMLName(raw: 236) }
    package static var munderover: HTMLName { HTMLName(raw: 237) }
    package static var mtable: HTMLName { HTMLName(raw: 238) }
    package static var mtr: HTMLName { HTMLName(raw: 239) }
    package static var mtd: HTMLName { HTMLName(raw: 240) }
    package static var mspace: HTMLName { HTMLName(raw: 241) }
    package static var `class`: HTMLName { HTMLName(raw: 242) }
    package static var id: HTMLName { HTMLName(raw: 243) }
    package static var href: HTMLName { HTMLName(raw: 244) }
    package static var src: HTMLName { HTMLName(raw: 245) }
    package static var alt: HTMLName { HTMLName(raw: 246) }
    package static var name: HTMLName { HTMLName(raw: 247) }
    package static var property: HTMLName { HTMLName(raw: 248) }
    package static var rel: HTMLName { HTMLName(raw: 249) }
    package static var type: HTMLName { HTMLName(raw: 250) }
    package static var lang: HTMLName { HTMLName(raw: 251) }
    package static var datetime: HTMLName { HTMLName(raw: 252) }
    package static var role: HTMLName { HTMLName(raw: 253) }
    package static var hidden: HTMLName { HTMLName(raw: 254) }
    package static var width: HTMLName { HTMLName(raw: 255) }
    package static var height: HTMLName { HTMLName(raw: 256) }
    package static var charset: HTMLName { HTMLName(raw: 257) }
    package static var httpEquiv: HTMLName { HTMLName(raw: 258) }
    package static var media: HTMLName { HTMLName(raw: 259) }
    package static var srcset: HTMLName { HTMLName(raw: 260) }
    package static var sizes: HTMLName { HTMLName(raw: 261) }
    package static var value: HTMLName { HTMLName(raw: 262) }
    package static var `for`: HTMLName { HTMLName(raw: 263) }
    package static var target: HTMLName { HTMLName(raw: 264) }
    package static var action: HTMLName { HTMLName(raw: 265) }
    package static var method: HTMLName { HTMLName(raw: 266) }
    package static var color: HTMLName { HTMLName(raw: 267) }
    package static var face: HTMLName { HTMLName(raw: 268) }
    package static var size: HTMLName { HTMLName(raw: 269) }
    package static var align: HTMLName { HTMLName(raw: 270) }
    package static var valign: HTMLName { HTMLName(raw: 271) }
    package static var border: HTMLName { HTMLName(raw: 272) }
    package static var bgcolor: HTMLName { HTMLName(raw: 273) }
    package static var background: HTMLName { HTMLName(raw: 274) }
    package static var cellpadding: HTMLName { HTMLName(raw: 275) }
    package static var cellspacing: HTMLName { HTMLName(raw: 276) }
    package static var colspan: HTMLName { HTMLName(raw: 277) }
    package static var rowspan: HTMLName { HTMLName(raw: 278) }
    package static var scope: HTMLName { HTMLName(raw: 279) }
    package static var itemprop: HTMLName { HTMLName(raw: 280) }
    package static var itemtype: HTMLName { HTMLName(raw: 281) }
    package static var itemscope: HTMLName { HTMLName(raw: 282) }
    package static var itemid: HTMLName { HTMLName(raw: 283) }
    package static var itemref: HTMLName { HTMLName(raw: 284) }
    package static var resource: HTMLName { HTMLName(raw: 285) }
    package static var typeof: HTMLName { HTMLName(raw: 286) }
    package static var about: HTMLName { HTMLName(raw: 287) }
    package static var vocab: HTMLName { HTMLName(raw: 288) }
    package static var prefix: HTMLName { HTMLName(raw: 289) }
    package static var pubdate: HTMLName { HTMLName(raw: 290) }
    package static var `async`: HTMLName { HTMLName(raw: 291) }
    package static var `defer`: HTMLName { HTMLName(raw: 292) }
    package static var nomodule: HTMLName { HTMLName(raw: 293) }
    package static var nonce: HTMLName { HTMLName(raw: 294) }
    package static var integrity: HTMLName { HTMLName(raw: 295) }
    package static var crossorigin: HTMLName { HTMLName(raw: 296) }
    package static var referrerpolicy: HTMLName { HTMLName(raw: 297) }
    package static var loading: HTMLName { HTMLName(raw: 298) }
    package static var decoding: HTMLName { HTMLName(raw: 299) }
    package static var fetchpriority: HTMLName { HTMLName(raw: 300) }
    package static var `as`: HTMLName { HTMLName(raw: 301) }
    package static var sandbox: HTMLName { HTMLName(raw: 302) }
    package static var allow: HTMLName { HTMLName(raw: 303) }
    package static var allowfullscreen: HTMLName { HTMLName(raw: 304) }
    package static var frameborder: HTMLName { HTMLName(raw: 305) }
    package static var scrolling: HTMLName { HTMLName(raw: 306) }
    package static var seamless: HTMLName { HTMLName(raw: 307) }
    package static var srcdoc: HTMLName { HTMLName(raw: 308) }
    package static var placeholder: HTMLName { HTMLName(raw: 309) }
    package static var tabindex: HTMLName { HTMLName(raw: 310) }
    package static var accesskey: HTMLName { HTMLName(raw: 311) }
    package static var checked: HTMLName { HTMLName(raw: 312) }
    package static var selected: HTMLName { HTMLName(raw: 313) }
    package static var disabled: HTMLName { HTMLName(raw: 314) }
    package static var readonly: HTMLName { HTMLName(raw: 315) }
    package static var required: HTMLName { HTMLName(raw: 316) }
    package static var multiple: HTMLName { HTMLName(raw: 317) }
    package static var autocomplete: HTMLName { HTMLName(raw: 318) }
    package static var autofocus: HTMLName { HTMLName(raw: 319) }
    package static var autoplay: HTMLName { HTMLName(raw: 320) }
    package static var controls: HTMLName { HTMLName(raw: 321) }
    package static var loop: HTMLName { HTMLName(raw: 322) }
    package static var muted: HTMLName { HTMLName(raw: 323) }
    package static var poster: HTMLName { HTMLName(raw: 324) }
    package static var preload: HTMLName { HTMLName(raw: 325) }
    package static var playsinline: HTMLName { HTMLName(raw: 326) }
    package static var maxlength: HTMLName { HTMLName(raw: 327) }
    package static var minlength: HTMLName { HTMLName(raw: 328) }
    package static var min: HTMLName { HTMLName(raw: 329) }
    package static var max: HTMLName { HTMLName(raw: 330) }
    package static var step: HTMLName { HTMLName(raw: 331) }
    package static var download: HTMLName { HTMLName(raw: 332) }
    package static var ping: HTMLName { HTMLName(raw: 333) }
    package static var hreflang: HTMLName { HTMLName(raw: 334) }
    package static var translate: HTMLName { HTMLName(raw: 335) }
    package static var draggable: HTMLName { HTMLName(raw: 336) }
    package static var contenteditable: HTMLName { HTMLName(raw: 337) }
    package static var spellcheck: HTMLName { HTMLName(raw: 338) }
    package static var inert: HTMLName { HTMLName(raw: 339) }
    package static var `open`: HTMLName { HTMLName(raw: 340) }
    package static var start: HTMLName { HTMLName(raw: 341) }
    package static var reversed: HTMLName { HTMLName(raw: 342) }
    package static var usemap: HTMLName { HTMLName(raw: 343) }
    package static var ismap: HTMLName { HTMLName(raw: 344) }
    package static var shape: HTMLName { HTMLName(raw: 345) }
    package static var coords: HTMLName { HTMLName(raw: 346) }
    package static var onclick: HTMLName { HTMLName(raw: 347) }
    package static var onload: HTMLName { HTMLName(raw: 348) }
    package static var onerror: HTMLName { HTMLName(raw: 349) }
    package static var onsubmit: HTMLName { HTMLName(raw: 350) }
    package static var onchange: HTMLName { HTMLName(raw: 351) }
    package static var onmouseover: HTMLName { HTMLName(raw: 352) }
    package static var onmouseout: HTMLName { HTMLName(raw: 353) }
    package static var language: HTMLName { HTMLName(raw: 354) }
    package static var event: HTMLName { HTMLName(raw: 355) }
    package static var enctype: HTMLName { HTMLName(raw: 356) }
    package static var novalidate: HTMLName { HTMLName(raw: 357) }
    package static var `public`: HTMLName { HTMLName(raw: 358) }
    package static var system: HTMLName { HTMLName(raw: 359) }
    package static var encoding: HTMLName { HTMLName(raw: 360) }
    package static var definitionurl: HTMLName { HTMLName(raw: 361) }
    package static var definitionURL: HTMLName { HTMLName(raw: 362) }
    package static var prompt: HTMLName { HTMLName(raw: 363) }
    package static var ariaHidden: HTMLName { HTMLName(raw: 364) }
    package static var ariaLabel: HTMLName { HTMLName(raw: 365) }
    package static var ariaLabelledby: HTMLName { HTMLName(raw: 366) }
    package static var ariaDescribedby: HTMLName { HTMLName(raw: 367) }
    package static var ariaExpanded: HTMLName { HTMLName(raw: 368) }
    package static var ariaControls: HTMLName { HTMLName(raw: 369) }
    package static var ariaHaspopup: HTMLName { HTMLName(raw: 370) }
    package static var ariaLive: HTMLName { HTMLName(raw: 371) }
    package static var ariaModal: HTMLName { HTMLName(raw: 372) }
    package static var dataSrc: HTMLName { HTMLName(raw: 373) }
    package static var dataSrcset: HTMLName { HTMLName(raw: 374) }
    package static var dataSizes: HTMLName { HTMLName(raw: 375) }
    package static var dataId: HTMLName { HTMLName(raw: 376) }
    package static var dataType: HTMLName { HTMLName(raw: 377) }
    package static var dataUrl: HTMLName { HTMLName(raw: 378) }
    package static var dataHref: HTMLName { HTMLName(raw: 379) }
    package static var dataTitle: HTMLName { HTMLName(raw: 380) }
    package static var dataName: HTMLName { HTMLName(raw: 381) }
    package static var dataToggle: HTMLName { HTMLName(raw: 382) }
    package static var dataTarget: HTMLName { HTMLName(raw: 383) }
    package static var dataValue: HTMLName { HTMLName(raw: 384) }
    package static var dataText: HTMLName { HTMLName(raw: 385) }
    package static var dataComponent: HTMLName { HTMLName(raw: 386) }
    package static var dataModule: HTMLName { HTMLName(raw: 387) }
    package static var dataTestid: HTMLName { HTMLName(raw: 388) }
    package static var dataTestId: HTMLName { HTMLName(raw: 389) }
    package static var dataTrack: HTMLName { HTMLName(raw: 390) }
    package static var dataAction: HTMLName { HTMLName(raw: 391) }
    package static var dataIndex: HTMLName { HTMLName(raw: 392) }
    package static var dataPosition: HTMLName { HTMLName(raw: 393) }
    package static var dataPage: HTMLName { HTMLName(raw: 394) }
    package static var dataReactid: HTMLName { HTMLName(raw: 395) }
    package static var dataReactroot: HTMLName { HTMLName(raw: 396) }
    package static var dataReactHelmet: HTMLName { HTMLName(raw: 397) }
    package static var dataOriginal: HTMLName { HTMLName(raw: 398) }
    package static var dataLazySrc: HTMLName { HTMLName(raw: 399) }
    package static var dataDate: HTMLName { HTMLName(raw: 400) }
    package static var dataTime: HTMLName { HTMLName(raw: 401) }
    package static var dataTimestamp: HTMLName { HTMLName(raw: 402) }
    package static var dataWidth: HTMLName { HTMLName(raw: 403) }
    package static var dataHeight: HTMLName { HTMLName(raw: 404) }
    package static var viewbox: HTMLName { HTMLName(raw: 405) }
    package static var preserveaspectratio: HTMLName { HTMLName(raw: 406) }
    package static var d: HTMLName { HTMLName(raw: 407) }
    package static var fill: HTMLName { HTMLName(raw: 408) }
    package static var stroke: HTMLName { HTMLName(raw: 409) }
    package static var strokeWidth: HTMLName { HTMLName(raw: 410) }
    package static var strokeLinecap: HTMLName { HTMLName(raw: 411) }
    package static var strokeLinejoin: HTMLName { HTMLName(raw: 412) }
    package static var strokeMiterlimit: HTMLName { HTMLName(raw: 413) }
    package static var fillRule: HTMLName { HTMLName(raw: 414) }
    package static var clipRule: HTMLName { HTMLName(raw: 415) }
    package static var clipPathAttribute: HTMLName { HTMLName(raw: 416) }
    package static var transform: HTMLName { HTMLName(raw: 417) }
    package static var x: HTMLName { HTMLName(raw: 418) }
    package static var y: HTMLName { HTMLName(raw: 419) }
    package static var x1: HTMLName { HTMLName(raw: 420) }
    package static var x2: HTMLName { HTMLName(raw: 421) }
    package static var y1: HTMLName { HTMLName(raw: 422) }
    package static var y2: HTMLName { HTMLName(raw: 423) }
    package static var r: HTMLName { HTMLName(raw: 424) }
    package static var cx: HTMLName { HTMLName(raw: 425) }
    package static var cy: HTMLName { HTMLName(raw: 426) }
    package static var rx: HTMLName { HTMLName(raw: 427) }
    package static var ry: HTMLName { HTMLName(raw: 428) }
    package static var points: HTMLName { HTMLName(raw: 429) }
    package static var version: HTMLName { HTMLName(raw: 430) }
    package static var focusable: HTMLName { HTMLName(raw: 431) }
    package static var opacity: HTMLName { HTMLName(raw: 432) }
    package static var offset: HTMLName { HTMLName(raw: 433) }
    package static var attributename: HTMLName { HTMLName(raw: 434) }
    package static var attributetype: HTMLName { HTMLName(raw: 435) }
    package static var basefrequency: HTMLName { HTMLName(raw: 436) }
    package static var baseprofile: HTMLName { HTMLName(raw: 437) }
    package static var calcmode: HTMLName { HTMLName(raw: 438) }
    package static var clippathunits: HTMLName { HTMLName(raw: 439) }
    package static var diffuseconstant: HTMLName { HTMLName(raw: 440) }
    package static var edgemode: HTMLName { HTMLName(raw: 441) }
    package static var filterunits: HTMLName { HTMLName(raw: 442) }
    package static var gradienttransform: HTMLName { HTMLName(raw: 443) }
    package static var gradientunits: HTMLName { HTMLName(raw: 444) }
    package static var kernelmatrix: HTMLName { HTMLName(raw: 445) }
    package static var kernelunitlength: HTMLName { HTMLName(raw: 446) }
    package static var keypoints: HTMLName { HTMLName(raw: 447) }
    package static var keysplines: HTMLName { HTMLName(raw: 448) }
    package static var keytimes: HTMLName { HTMLName(raw: 449) }
    package static var lengthadjust: HTMLName { HTMLName(raw: 450) }
    package static var limitingconeangle: HTMLName { HTMLName(raw: 451) }
    package static var markerheight: HTMLName { HTMLName(raw: 452) }
    package static var markerunits: HTMLName { HTMLName(raw: 453) }
    package static var markerwidth: HTMLName { HTMLName(raw: 454) }
    package static var maskcontentunits: HTMLName { HTMLName(raw: 455) }
    package static var maskunits: HTMLName { HTMLName(raw: 456) }
    package static var numoctaves: HTMLName { HTMLName(raw: 457) }
    package static var pathlength: HTMLName { HTMLName(raw: 458) }
    package static var patterncontentunits: HTMLName { HTMLName(raw: 459) }
    package static var patterntransform: HTMLName { HTMLName(raw: 460) }
    package static var patternunits: HTMLName { HTMLName(raw: 461) }
    package static var pointsatx: HTMLName { HTMLName(raw: 462) }
    package static var pointsaty: HTMLName { HTMLName(raw: 463) }
    package static var pointsatz: HTMLName { HTMLName(raw: 464) }
    package static var preservealpha: HTMLName { HTMLName(raw: 465) }
    package static var primitiveunits: HTMLName { HTMLName(raw: 466) }
    package static var refx: HTMLName { HTMLName(raw: 467) }
    package static var refy: HTMLName { HTMLName(raw: 468) }
    package static var repeatcount: HTMLName { HTMLName(raw: 469) }
    package static var repeatdur: HTMLName { HTMLName(raw: 470) }
    package static var requiredextensions: HTMLName { HTMLName(raw: 471) }
    package static var requiredfeatures: HTMLName { HTMLName(raw: 472) }
    package static var specularconstant: HTMLName { HTMLName(raw: 473) }
    package static var specularexponent: HTMLName { HTMLName(raw: 474) }
    package static var spreadmethod: HTMLName { HTMLName(raw: 475) }
    package static var startoffset: HTMLName { HTMLName(raw: 476) }
    package static var stddeviation: HTMLName { HTMLName(raw: 477) }
    package static var stitchtiles: HTMLName { HTMLName(raw: 478) }
    package static var surfacescale: HTMLName { HTMLName(raw: 479) }
    package static var systemlanguage: HTMLName { HTMLName(raw: 480) }
    package static var tablevalues: HTMLName { HTMLName(raw: 481) }
    package static var targetx: HTMLName { HTMLName(raw: 482) }
    package static var targety: HTMLName { HTMLName(raw: 483) }
    package static var textlength: HTMLName { HTMLName(raw: 484) }
    package static var viewtarget: HTMLName { HTMLName(raw: 485) }
    package static var xchannelselector: HTMLName { HTMLName(raw: 486) }
    package static var ychannelselector: HTMLName { HTMLName(raw: 487) }
    package static var zoomandpan: HTMLName { HTMLName(raw: 488) }
    package static var xlinkActuate: HTMLName { HTMLName(raw: 489) }
    package static var xlinkArcrole: HTMLName { HTMLName(raw: 490) }
    package static var xlinkHref: HTMLName { HTMLName(raw: 491) }
    package static var xlinkRole: HTMLName { HTMLName(raw: 492) }
    package static var xlinkShow: HTMLName { HTMLName(raw: 493) }
    package static var xlinkTitle: HTMLName { HTMLName(raw: 494) }
    package static var xlinkType: HTMLName { HTMLName(raw: 495) }
    package static var xmlLang: HTMLName { HTMLName(raw: 496) }
    package static var xmlSpace: HTMLName { HTMLName(raw: 497) }
    package static var xmlns: HTMLName { HTMLName(raw: 498) }
    package static var xmlnsXlink: HTMLName { HTMLName(raw: 499) }
    package static var xmlnsOg: HTMLName { HTMLName(raw: 500) }
    package static var xmlnsFb: HTMLName { HTMLName(raw: 501) }
    package static var xmlBase: HTMLName { HTMLName(raw: 502) }
    package static var altGlyph: HTMLName { HTMLName(raw: 503) }
    package static var altGlyphDef: HTMLName { HTMLName(raw: 504) }
    package static var altGlyphItem: HTMLName { HTMLName(raw: 505) }
    package static var animateColor: HTMLName { HTMLName(raw: 506) }
    package static var animateMotion: HTMLName { HTMLName(raw: 507) }
    package static var animateTransform: HTMLName { HTMLName(raw: 508) }
    package static var clipPath: HTMLName { HTMLName(raw: 509) }
    package static var feBlend: HTMLName { HTMLName(raw: 510) }
    package static var feColorMatrix: HTMLName { HTMLName(raw: 511) }
    package static var feComponentTransfer: HTMLName { HTMLName(raw: 512) }
    package static var feComposite: HTMLName { HTMLName(raw: 513) }
    package static var feConvolveMatrix: HTMLName { HTMLName(raw: 514) }
    package static var feDiffuseLighting: HTMLName { HTMLName(raw: 515) }
    package static var feDisplacementMap: HTMLName { HTMLName(raw: 516) }
    package static var feDistantLight: HTMLName { HTMLName(raw: 517) }
    package static var feDropShadow: HTMLName { HTMLName(raw: 518) }
    package static var feFlood: HTMLName { HTMLName(raw: 519) }
    package static var feFuncA: HTMLName { HTMLName(raw: 520) }
    package static var feFuncB: HTMLName { HTMLName(raw: 521) }
    package static var feFuncG: HTMLName { HTMLName(raw: 522) }
    package static var feFuncR: HTMLName { HTMLName(raw: 523) }
    package static var feGaussianBlur: HTMLName { HTMLName(raw: 524) }
    package static var feImage: HTMLName { HTMLName(raw: 525) }
    package static var feMerge: HTMLName { HTMLName(raw: 526) }
    package static var feMergeNode: HTMLName { HTMLName(raw: 527) }
    package static var feMorphology: HTMLName { HTMLName(raw: 528) }
    package static var feOffset: HTMLName { HTMLName(raw: 529) }
    package static var fePointLight: HTMLName { HTMLName(raw: 530) }
    package static var feSpecularLighting: HTMLName { HTMLName(raw: 531) }
    package static var feSpotLight: HTMLName { HTMLName(raw: 532) }
    package static var feTile: HTMLName { HTMLName(raw: 533) }
    package static var feTurbulence: HTMLName { HTMLName(raw: 534) }
    package static var foreignObject: HTMLName { HTMLName(raw: 535) }
    package static var glyphRef: HTMLName { HTMLName(raw: 536) }
    package static var linearGradient: HTMLName { HTMLName(raw: 537) }
    package static var radialGradient: HTMLName { HTMLName(raw: 538) }
    package static var textPath: HTMLName { HTMLName(raw: 539) }
    package static var attributeName: HTMLName { HTMLName(raw: 540) }
    package static var attributeType: HTMLName { HTMLName(raw: 541) }
    package static var baseFrequency: HTMLName { HTMLName(raw: 542) }
    package static var baseProfile: HTMLName { HTMLName(raw: 543) }
    package static var calcMode: HTMLName { HTMLName(raw: 544) }
    package static var clipPathUnits: HTMLName { HTMLName(raw: 545) }
    package static var diffuseConstant: HTMLName { HTMLName(raw: 546) }
    package static var edgeMode: HTMLName { HTMLName(raw: 547) }
    package static var filterUnits: HTMLName { HTMLName(raw: 548) }
    package static var gradientTransform: HTMLName { HTMLName(raw: 549) }
    package static var gradientUnits: HTMLName { HTMLName(raw: 550) }
    package static var kernelMatrix: HTMLName { HTMLName(raw: 551) }
    package static var kernelUnitLength: HTMLName { HTMLName(raw: 552) }
    package static var keyPoints: HTMLName { HTMLName(raw: 553) }
    package static var keySplines: HTMLName { HTMLName(raw: 554) }
    package static var keyTimes: HTMLName { HTMLName(raw: 555) }
    package static var lengthAdjust: HTMLName { HTMLName(raw: 556) }
    package static var limitingConeAngle: HTMLName { HTMLName(raw: 557) }
    package static var markerHeight: HTMLName { HTMLName(raw: 558) }
    package static var markerUnits: HTMLName { HTMLName(raw: 559) }
    package static var markerWidth: HTMLName { HTMLName(raw: 560) }
    package static var maskContentUnits: HTMLName { HTMLName(raw: 561) }
    package static var maskUnits: HTMLName { HTMLName(raw: 562) }
    package static var numOctaves: HTMLName { HTMLName(raw: 563) }
    package static var pathLength: HTMLName { HTMLName(raw: 564) }
    package static var patternContentUnits: HTMLName { HTMLName(raw: 565) }
    package static var patternTransform: HTMLName { HTMLName(raw: 566) }
    package static var patternUnits: HTMLName { HTMLName(raw: 567) }
    package static var pointsAtX: HTMLName { HTMLName(raw: 568) }
    package static var pointsAtY: HTMLName { HTMLName(raw: 569) }
    package static var pointsAtZ: HTMLName { HTMLName(raw: 570) }
    package static var preserveAlpha: HTMLName { HTMLName(raw: 571) }
    package static var preserveAspectRatio: HTMLName { HTMLName(raw: 572) }
    package static var primitiveUnits: HTMLName { HTMLName(raw: 573) }
    package static var refX: HTMLName { HTMLName(raw: 574) }
    package static var refY: HTMLName { HTMLName(raw: 575) }
    package static var repeatCount: HTMLName { HTMLName(raw: 576) }
    package static var repeatDur: HTMLName { HTMLName(raw: 577) }
    package static var requiredExtensions: HTMLName { HTMLName(raw: 578) }
    package static var requiredFeatures: HTMLName { HTMLName(raw: 579) }
    package static var specularConstant: HTMLName { HTMLName(raw: 580) }
    package static var specularExponent: HTMLName { HTMLName(raw: 581) }
    package static var spreadMethod: HTMLName { HTMLName(raw: 582) }
    package static var startOffset: HTMLName { HTMLName(raw: 583) }
    package static var stdDeviation: HTMLName { HTMLName(raw: 584) }
    package static var stitchTiles: HTMLName { HTMLName(raw: 585) }
    package static var surfaceScale: HTMLName { HTMLName(raw: 586) }
    package static var systemLanguage: HTMLName { HTMLName(raw: 587) }
    package static var tableValues: HTMLName { HTMLName(raw: 588) }
    package static var targetX: HTMLName { HTMLName(raw: 589) }
    package static var targetY: HTMLName { HTMLName(raw: 590) }
    package static var textLength: HTMLName { HTMLName(raw: 591) }
    package static var viewBox: HTMLName { HTMLName(raw: 592) }
    package static var viewTarget: HTMLName { HTMLName(raw: 593) }
    package static var xChannelSelector: HTMLName { HTMLName(raw: 594) }
    package static var yChannelSelector: HTMLName { HTMLName(raw: 595) }
    package static var zoomAndPan: HTMLName { HTMLName(raw: 596) }
}

/// What the parser knows of every static name, indexed by `HTMLName.raw`.
enum HTMLNameTable {
    static let count = 597
    static let slotBits: UInt64 = 11
    /// All names one after another; `ends` says where each stops.
    static let letters: StaticString = """
        htmlheadbodytitlebaselinkmetastylescriptnoscripttemplateaabbracronymaddressappletareaarticleasideaud\
        iobbasefontbdibdobgsoundbigblinkblockquotebrbuttoncanvascaptioncentercitecodecolcolgroupcommandconte\
        ntdatadatalistdddeldetailsdfndialogdirdivdldtemembedfieldsetfigcaptionfigurefontfooterformframeframe\
        seth1h2h3h4h5h6headerhgrouphriiframeimageimginputinsisindexkbdkeygenlabellegendlilistingmainmapmarkm\
        arqueemenumenuitemmetermulticolnavnextidnobrnoembednoframesobjectoloptgroupoptionoutputpparampicture\
        plaintextportalpreprogressqrbrbcrprtrtcrubyssampsearchsectionselectselectedcontentshadowslotsmallsou\
        rcespacerspanstrikestrongsubsummarysuptabletbodytdtextareatfootththeadtimetrtrackttuulvarvideowbrxmp\
        svggpathrectcircleellipselinepolylinepolygontexttspandefsusesymbolmaskpatternmarkerstopdescmetadatav\
        iewanimatesetswitchfilteraltglyphaltglyphdefaltglyphitemanimatecoloranimatemotionanimatetransformcli\
        ppathfeblendfecolormatrixfecomponenttransferfecompositefeconvolvematrixfediffuselightingfedisplaceme\
        ntmapfedistantlightfedropshadowfefloodfefuncafefuncbfefuncgfefuncrfegaussianblurfeimagefemergefemerg\
        enodefemorphologyfeoffsetfepointlightfespecularlightingfespotlightfetilefeturbulenceforeignobjectgly\
        phreflineargradientradialgradienttextpathmathmimomnmsmtextmglyphmalignmarkannotation-xmlannotationse\
        manticsmrowmfracmsqrtmrootmstylemerrormpaddedmphantommfencedmenclosemsubmsupmsubsupmundermovermunder\
        overmtablemtrmtdmspaceclassidhrefsrcaltnamepropertyreltypelangdatetimerolehiddenwidthheightcharsetht\
        tp-equivmediasrcsetsizesvaluefortargetactionmethodcolorfacesizealignvalignborderbgcolorbackgroundcel\
        lpaddingcellspacingcolspanrowspanscopeitempropitemtypeitemscopeitemiditemrefresourcetypeofaboutvocab\
        prefixpubdateasyncdefernomodulenonceintegritycrossoriginreferrerpolicyloadingdecodingfetchpriorityas\
        sandboxallowallowfullscreenframeborderscrollingseamlesssrcdocplaceholdertabindexaccesskeycheckedsele\
        cteddisabledreadonlyrequiredmultipleautocompleteautofocusautoplaycontrolsloopmutedposterpreloadplays\
        inlinemaxlengthminlengthminmaxstepdownloadpinghreflangtranslatedraggablecontenteditablespellcheckine\
        rtopenstartreversedusemapismapshapecoordsonclickonloadonerroronsubmitonchangeonmouseoveronmouseoutla\
        nguageeventenctypenovalidatepublicsystemencodingdefinitionurldefinitionURLpromptaria-hiddenaria-labe\
        laria-labelledbyaria-describedbyaria-expandedaria-controlsaria-haspopuparia-livearia-modaldata-srcda\
        ta-srcsetdata-sizesdata-iddata-typedata-urldata-hrefdata-titledata-namedata-toggledata-targetdata-va\
        luedata-textdata-componentdata-moduledata-testiddata-test-iddata-trackdata-actiondata-indexdata-posi\
        tiondata-pagedata-reactiddata-reactrootdata-react-helmetdata-originaldata-lazy-srcdata-datedata-time\
        data-timestampdata-widthdata-heightviewboxpreserveaspectratiodfillstrokestroke-widthstroke-linecapst\
        roke-linejoinstroke-miterlimitfill-ruleclip-ruleclip-pathtransformxyx1x2y1y2rcxcyrxrypointsversionfo\
        cusableopacityoffsetattributenameattributetypebasefrequencybaseprofilecalcmodeclippathunitsdiffuseco\
        nstantedgemodefilterunitsgradienttransformgradientunitskernelmatrixkernelunitlengthkeypointskeysplin\
        eskeytimeslengthadjustlimitingconeanglemarkerheightmarkerunitsmarkerwidthmaskcontentunitsmaskunitsnu\
        moctavespathlengthpatterncontentunitspatterntransformpatternunitspointsatxpointsatypointsatzpreserve\
        alphaprimitiveunitsrefxrefyrepeatcountrepeatdurrequiredextensionsrequiredfeaturesspecularconstantspe\
        cularexponentspreadmethodstartoffsetstddeviationstitchtilessurfacescalesystemlanguagetablevaluestarg\
        etxtargetytextlengthviewtargetxchannelselectorychannelselectorzoomandpanxlink:actuatexlink:arcrolexl\
        ink:hrefxlink:rolexlink:showxlink:titlexlink:typexml:langxml:spacexmlnsxmlns:xlinkxmlns:ogxmlns:fbxm\
        l:basealtGlyphaltGlyphDefaltGlyphItemanimateColoranimateMotionanimateTransformclipPathfeBlendfeColor\
        MatrixfeComponentTransferfeCompositefeConvolveMatrixfeDiffuseLightingfeDisplacementMapfeDistantLight\
        feDropShadowfeFloodfeFuncAfeFuncBfeFuncGfeFuncRfeGaussianBlurfeImagefeMergefeMergeNodefeMorphologyfe\
        OffsetfePointLightfeSpecularLightingfeSpotLightfeTilefeTurbulenceforeignObjectglyphReflinearGradient\
        radialGradienttextPathattributeNameattributeTypebaseFrequencybaseProfilecalcModeclipPathUnitsdiffuse\
        ConstantedgeModefilterUnitsgradientTransformgradientUnitskernelMatrixkernelUnitLengthkeyPointskeySpl\
        ineskeyTimeslengthAdjustlimitingConeAnglemarkerHeightmarkerUnitsmarkerWidthmaskContentUnitsmaskUnits\
        numOctavespathLengthpatternContentUnitspatternTransformpatternUnitspointsAtXpointsAtYpointsAtZpreser\
        veAlphapreserveAspectRatioprimitiveUnitsrefXrefYrepeatCountrepeatDurrequiredExtensionsrequiredFeatur\
        esspecularConstantspecularExponentspreadMethodstartOffsetstdDeviationstitchTilessurfaceScalesystemLa\
        nguagetableValuestargetXtargetYtextLengthviewBoxviewTargetxChannelSelectoryChannelSelectorzoomAndPan
        """
    /// The end of each name in `letters`.
    static let ends: [UInt16] = [
        0, 4, 8, 12, 17, 21, 25, 29, 34, 40, 48, 56, 57, 61, 68, 75, 81, 85, 92, 97, 102, 103, 111, 114, 117, 124,
        127, 132, 142, 144, 150, 156, 163, 169, 173, 177, 180, 188, 195, 202, 206, 214, 216, 219, 226, 229, 235,
        238, 241, 243, 245, 247, 252, 260, 270, 276, 280, 286, 290, 295, 303, 305, 307, 309, 311, 313, 315, 321,
        327, 329, 330, 336, 341, 344, 349, 352, 359, 362, 368, 373, 379, 381, 388, 392, 395, 399, 406, 410, 418,
        423, 431, 434, 440, 444, 451, 459, 465, 467, 475, 481, 487, 488, 493, 500, 509, 515, 518, 526, 527, 529,
        532, 534, 536, 539, 543, 544, 548, 554, 561, 567, 582, 588, 592, 597, 603, 609, 613, 619, 625, 628, 635,
        638, 643, 648, 650, 658, 663, 665, 670, 674, 676, 681, 683, 684, 686, 689, 694, 697, 700, 703, 704, 708,
        712, 718, 725, 729, 737, 744, 748, 753, 757, 760, 766, 770, 777, 783, 787, 791, 799, 803, 810, 813, 819,
        825, 833, 844, 856, 868, 881, 897, 905, 912, 925, 944, 955, 971, 988, 1005, 1019, 1031, 1038, 1045, 1052,
        1059, 1066, 1080, 1087, 1094, 1105, 1117, 1125, 1137, 1155, 1166, 1172, 1184, 1197, 1205, 1219, 1233, 1241,
        1245, 1247, 1249, 1251, 1253, 1258, 1264, 1274, 1288, 1298, 1307, 1311, 1316, 1321, 1326, 1332, 1338, 1345,
        1353, 1360, 1368, 1372, 1376, 1383, 1389, 1394, 1404, 1410, 1413, 1416, 1422, 1427, 1429, 1433, 1436, 1439,
        1443, 1451, 1454, 1458, 1462, 1470, 1474, 1480, 1485, 1491, 1498, 1508, 1513, 1519, 1524, 1529, 1532, 1538,
        1544, 1550, 1555, 1559, 1563, 1568, 1574, 1580, 1587, 1597, 1608, 1619, 1626, 1633, 1638, 1646, 1654, 1663,
        1669, 1676, 1684, 1690, 1695, 1700, 1706, 1713, 1718, 1723, 1731, 1736, 1745, 1756, 1770, 1777, 1785, 1798,
        1800, 1807, 1812, 1827, 1838, 1847, 1855, 1861, 1872, 1880, 1889, 1896, 1904, 1912, 1920, 1928, 1936, 1948,
        1957, 1965, 1973, 1977, 1982, 1988, 1995, 2006, 2015, 2024, 2027, 2030, 2034, 2042, 2046, 2054, 2063, 2072,
        2087, 2097, 2102, 2106, 2111, 2119, 2125, 2130, 2135, 2141, 2148, 2154, 2161, 2169, 2177, 2188, 2198, 2206,
        2211, 2218, 2228, 2234, 2240, 2248, 2261, 2274, 2280, 2291, 2301, 2316, 2332, 2345, 2358, 2371, 2380, 2390,
        2398, 2409, 2419, 2426, 2435, 2443, 2452, 2462, 2471, 2482, 2493, 2503, 2512, 2526, 2537, 2548, 2560, 2570,
        2581, 2591, 2604, 2613, 2625, 2639, 2656, 2669, 2682, 2691, 2700, 2714, 2724, 2735, 2742, 2761, 2762, 2766,
        2772, 2784, 2798, 2813, 2830, 2839, 2848, 2857, 2866, 2867, 2868, 2870, 2872, 2874, 2876, 2877, 2879, 2881,
        2883, 2885, 2891, 2898, 2907, 2914, 2920, 2933, 2946, 2959, 2970, 2978, 2991, 3006, 3014, 3025, 3042, 3055,
        3067, 3083, 3092, 3102, 3110, 3122, 3139, 3151, 3162, 3173, 3189, 3198, 3208, 3218, 3237, 3253, 3265, 3274,
        3283, 3292, 3305, 3319, 3323, 3327, 3338, 3347, 3365, 3381, 3397, 3413, 3425, 3436, 3448, 3459, 3471, 3485,
        3496, 3503, 3510, 3520, 3530, 3546, 3562, 3572, 3585, 3598, 3608, 3618, 3628, 3639, 3649, 3657, 3666, 3671,
        3682, 3690, 3698, 3706, 3714, 3725, 3737, 3749, 3762, 3778, 3786, 3793, 3806, 3825, 3836, 3852, 3869, 3886,
        3900, 3912, 3919, 3926, 3933, 3940, 3947, 3961, 3968, 3975, 3986, 3998, 4006, 4018, 4036, 4047, 4053, 4065,
        4078, 4086, 4100, 4114, 4122, 4135, 4148, 4161, 4172, 4180, 4193, 4208, 4216, 4227, 4244, 4257, 4269, 4285,
        4294, 4304, 4312, 4324, 4341, 4353, 4364, 4375, 4391, 4400, 4410, 4420, 4439, 4455, 4467, 4476, 4485, 4494,
        4507, 4526, 4540, 4544, 4548, 4559, 4568, 4586, 4602, 4618, 4634, 4646, 4657, 4669, 4680, 4692, 4706, 4717,
        4724, 4731, 4741, 4748, 4758, 4774, 4790, 4800,
    ]
    /// The lookup key of each name; see `HTMLNameKey`.
    static let keys: [UInt64] = [
        0x0, 0x6c6d7468, 0x64616568, 0x79646f62, 0x656c746974, 0x65736162, 0x6b6e696c, 0x6174656d, 0x656c797473,
        0x747069726373, 0x7470697263736f6e, 0x6574616c706d6574, 0x61, 0x72626261, 0x6d796e6f726361,
        0x73736572646461, 0x74656c707061, 0x61657261, 0x656c6369747261, 0x6564697361, 0x6f69647561, 0x62,
        0x746e6f6665736162, 0x696462, 0x6f6462, 0x646e756f736762, 0x676962, 0x6b6e696c62, 0x6d812dfbe4c4da38,
        0x7262, 0x6e6f74747562, 0x7361766e6163, 0x6e6f6974706163, 0x7265746e6563, 0x65746963, 0x65646f63, 0x6c6f63,
        0x70756f72676c6f63, 0x646e616d6d6f63, 0x746e65746e6f63, 0x61746164, 0x7473696c61746164, 0x6464, 0x6c6564,
        0x736c6961746564, 0x6e6664, 0x676f6c616964, 0x726964, 0x766964, 0x6c64, 0x7464, 0x6d65, 0x6465626d65,
        0x746573646c656966, 0x1095af82ca72fe97, 0x657275676966, 0x746e6f66, 0x7265746f6f66, 0x6d726f66,
        0x656d617266, 0x746573656d617266, 0x3168, 0x3268, 0x3368, 0x3468, 0x3568, 0x3668, 0x726564616568,
        0x70756f726768, 0x7268, 0x69, 0x656d61726669, 0x6567616d69, 0x676d69, 0x7475706e69, 0x736e69,
        0x7865646e697369, 0x64626b, 0x6e656779656b, 0x6c6562616c, 0x646e6567656c, 0x696c, 0x676e697473696c,
        0x6e69616d, 0x70616d, 0x6b72616d, 0x6565757172616d, 0x756e656d, 0x6d657469756e656d, 0x726574656d,
        0x6c6f6369746c756d, 0x76616e, 0x64697478656e, 0x72626f6e, 0x6465626d656f6e, 0x73656d6172666f6e,
        0x7463656a626f, 0x6c6f, 0x70756f726774706f, 0x6e6f6974706f, 0x74757074756f, 0x70, 0x6d61726170,
        0x65727574636970, 0x2687fbc60dbe6e21, 0x6c6174726f70, 0x657270, 0x73736572676f7270, 0x71, 0x6272, 0x636272,
        0x7072, 0x7472, 0x637472, 0x79627572, 0x73, 0x706d6173, 0x686372616573, 0x6e6f6974636573, 0x7463656c6573,
        0xf8abbb2f69dbceaf, 0x776f64616873, 0x746f6c73, 0x6c6c616d73, 0x656372756f73, 0x726563617073, 0x6e617073,
        0x656b69727473, 0x676e6f727473, 0x627573, 0x7972616d6d7573, 0x707573, 0x656c626174, 0x79646f6274, 0x6474,
        0x6165726174786574, 0x746f6f6674, 0x6874, 0x6461656874, 0x656d6974, 0x7274, 0x6b63617274, 0x7474, 0x75,
        0x6c75, 0x726176, 0x6f65646976, 0x726277, 0x706d78, 0x677673, 0x67, 0x68746170, 0x74636572, 0x656c63726963,
        0x657370696c6c65, 0x656e696c, 0x656e696c796c6f70, 0x6e6f67796c6f70, 0x74786574, 0x6e61707374, 0x73666564,
        0x657375, 0x6c6f626d7973, 0x6b73616d, 0x6e726574746170, 0x72656b72616d, 0x706f7473, 0x63736564,
        0x617461646174656d, 0x77656976, 0x6574616d696e61, 0x746573, 0x686374697773, 0x7265746c6966,
        0x6870796c67746c61, 0x19132208c9fd67c0, 0x23a4ffdc2bd3424, 0xa6dcef809b7cb1bb, 0x1c7540fc3816e115,
        0x77fe3c13db5c25f0, 0x6874617070696c63, 0x646e656c626566, 0xc89fcc021f966e15, 0x53443943dfbd9b3e,
        0xfa85a239a77f59ba, 0xfcd592f91ce5324a, 0xd03ea5d797ee4d9b, 0xb735839f226a99e2, 0xf5231d5a8b6edb28,
        0xd8b989d26c7a3059, 0x646f6f6c666566, 0x61636e75666566, 0x62636e75666566, 0x67636e75666566,
        0x72636e75666566, 0x82e6efb98375c9aa, 0x6567616d696566, 0x656772656d6566, 0xb02ee18ec01d672d,
        0x92e0eae3c1720e14, 0x74657366666f6566, 0xf34b931cda9328ba, 0x43319a38d3794264, 0xe2480762f58696ad,
        0x656c69746566, 0x68b1b26abb86d7af, 0xfc529470db1f4000, 0x6665726870796c67, 0x8ee55e8faa51be72,
        0x258bfda4b1594c2e, 0x6874617074786574, 0x6874616d, 0x696d, 0x6f6d, 0x6e6d, 0x736d, 0x747865746d,
        0x6870796c676d, 0xfba47e7bc0c7f832, 0x62a33168572ae33a, 0xeae6bc6bdcf83fb5, 0xc6abc2992440a843, 0x776f726d,
        0x636172666d, 0x747271736d, 0x746f6f726d, 0x656c7974736d, 0x726f7272656d, 0x6465646461706d,
        0x6d6f746e6168706d, 0x6465636e65666d, 0x65736f6c636e656d, 0x6275736d, 0x7075736d, 0x7075736275736d,
        0x7265646e756d, 0x7265766f6d, 0xbdd9191afa634b80, 0x656c6261746d, 0x72746d, 0x64746d, 0x65636170736d,
        0x7373616c63, 0x6469, 0x66657268, 0x637273, 0x746c61, 0x656d616e, 0x79747265706f7270, 0x6c6572, 0x65707974,
        0x676e616c, 0x656d697465746164, 0x656c6f72, 0x6e6564646968, 0x6874646977, 0x746867696568, 0x74657372616863,
        0x34420577d36afaf7, 0x616964656d, 0x746573637273, 0x73657a6973, 0x65756c6176, 0x726f66, 0x746567726174,
        0x6e6f69746361, 0x646f6874656d, 0x726f6c6f63, 0x65636166, 0x657a6973, 0x6e67696c61, 0x6e67696c6176,
        0x726564726f62, 0x726f6c6f636762, 0xffd7f45de72597af, 0xe1c245e3cc45f621, 0xc1dbbe116b3bc6e4,
        0x6e6170736c6f63, 0x6e617073776f72, 0x65706f6373, 0x706f72706d657469, 0x657079746d657469,
        0xd3842da6550a4c98, 0x64696d657469, 0x6665726d657469, 0x656372756f736572, 0x666f65707974, 0x74756f6261,
        0x6261636f76, 0x786966657270, 0x65746164627570, 0x636e797361, 0x7265666564, 0x656c75646f6d6f6e,
        0x65636e6f6e, 0xc16c4dd440a12182, 0x22c4e0eb29a90c12, 0x1f5c0f347651d9be, 0x676e6964616f6c,
        0x676e69646f636564, 0x9a111d24f5f3fbba, 0x7361, 0x786f62646e6173, 0x776f6c6c61, 0xf110d20dc188cf34,
        0x39a30af9e10697ca, 0x1d2bc78f2feca181, 0x7373656c6d616573, 0x636f64637273, 0x690d029ea0169139,
        0x7865646e69626174, 0xe876b5ca358c6738, 0x64656b63656863, 0x64657463656c6573, 0x64656c6261736964,
        0x796c6e6f64616572, 0x6465726975716572, 0x656c7069746c756d, 0xd3339684ee8d1abe, 0x46f4ed080e3cf526,
        0x79616c706f747561, 0x736c6f72746e6f63, 0x706f6f6c, 0x646574756d, 0x726574736f70, 0x64616f6c657270,
        0x87541724be34835e, 0xe0cc4cfadd2ce0b9, 0x1be5132fb31f83a0, 0x6e696d, 0x78616d, 0x70657473,
        0x64616f6c6e776f64, 0x676e6970, 0x676e616c66657268, 0x8aec359e2bcc4d05, 0xbcd7f5b46f03eb26,
        0xd7f9d7044516f231, 0x76229ba763269aec, 0x7472656e69, 0x6e65706f, 0x7472617473, 0x6465737265766572,
        0x70616d657375, 0x70616d7369, 0x6570616873, 0x7364726f6f63, 0x6b63696c636e6f, 0x64616f6c6e6f,
        0x726f7272656e6f, 0x74696d6275736e6f, 0x65676e6168636e6f, 0xf266315e379213be, 0xa87a339cc0e6cd1d,
        0x65676175676e616c, 0x746e657665, 0x65707974636e65, 0x8b99c513ef5e6988, 0x63696c627570, 0x6d6574737973,
        0x676e69646f636e65, 0xf1837fbef13da780, 0x41ec3b2990a78317, 0x74706d6f7270, 0x5a5db285e3f3f5be,
        0x26e1d4bfe65b0431, 0xc8b089eebb564721, 0x3d07edc8afa74e7, 0x6551901eeee9e4a6, 0xbadce91f2c0a7ed6,
        0xc535d04cb1a676f9, 0x2226b9d85144a5e2, 0xa5e6bfd6ed447485, 0x6372732d61746164, 0x9f82c8f4bb39384e,
        0x310f01cab3ffe67e, 0x64692d61746164, 0x8599468860c4400a, 0x6c72752d61746164, 0xd78fe64c6b793af1,
        0x6a4175fc18376a90, 0x1c6b9c425845a67d, 0xc604b0fa0b679ec9, 0x5ee6756944e07d75, 0xd9781a034974a35b,
        0x4ea1574f90aa0ba2, 0xe3a758e4095446da, 0xc9f70475e92e893f, 0xe09c2dd10adb6107, 0x99d9d08ee6ce809d,
        0xabc552ef9e056707, 0x40b7c677a0597053, 0xc77e1c7897bda8d2, 0x1424b1f5d60e5713, 0xf5102d4602013e65,
        0xe740ec9d8af4d0b2, 0xbf3b50cee6e52f05, 0x46016f8c35eac6c4, 0x255ff4065226ffb5, 0xee9bfe964c037ee1,
        0x68831ad5523222d8, 0x73fb4175e73d4d3, 0xe11cb81a9b0ba037, 0xc335bb89c1330c1c, 0xda4df3fa2b93bacf,
        0x786f6277656976, 0xb964e5c83656cc50, 0x64, 0x6c6c6966, 0x656b6f727473, 0x6d2737004024d561,
        0xde6e8e5a951e5d91, 0x8b02592a0fdf3e1d, 0x649d5e215e094370, 0x871873d32443b23d, 0x8908516ec424dba2,
        0x273f5cc8f102ea41, 0xebffaa1eef01e1e3, 0x78, 0x79, 0x3178, 0x3278, 0x3179, 0x3279, 0x72, 0x7863, 0x7963,
        0x7872, 0x7972, 0x73746e696f70, 0x6e6f6973726576, 0x212934151f717726, 0x7974696361706f, 0x74657366666f,
        0x94d3690a2eba1a09, 0xcd30ac1f2898671, 0x8ec7839f12240e12, 0xc9c139d9031fb549, 0x65646f6d636c6163,
        0x66cfcecd553c5659, 0xf8ae9e7b1e61df1a, 0x65646f6d65676465, 0x614a07c4d351270a, 0x12c92a8cfddae937,
        0x6d009c82c6df57, 0x3d4718452dffd97e, 0x7c64682cd2f4fba9, 0x694e182add368492, 0xb07504b4a29d8418,
        0x73656d697479656b, 0x937c2db148348807, 0x59081cf73d9eebaf, 0x630bc170796dd618, 0xa5da57d8d1153b3f,
        0x75cebccca5f8c86, 0x7422c0cef8d0df9d, 0x40ae0b840f6f2e44, 0xfde87fa7263b372a, 0x774910aceef7f605,
        0x206c0ab2f5724b8f, 0xc9b6618cb8874dbc, 0x58b50aab60e1dd9b, 0x3527f8a0dd49cb45, 0xd35f725c693b18b4,
        0xf8b90529b0293f57, 0x51e364257d93527e, 0x1ff2bdcf010d5ea1, 0x78666572, 0x79666572, 0xfa040d1e6ab1edbd,
        0x1da25c9251d8fa1c, 0x50e17506c2cca4ba, 0xcf6d9df96d6d5673, 0xd67e72572190b9fb, 0x8b87e22c0e297b5,
        0x9e29200e9ac6a1fa, 0x1b8abc85bd9352d2, 0xfb80d6bf2e703da8, 0x2114d9b5ada6e30f, 0x4642b7ee7d94eeac,
        0x7d2cb40aeb33d3f7, 0xa3504f437df852b4, 0x78746567726174, 0x79746567726174, 0xaaaa4fb228619228,
        0x7c7ef9a194e69df, 0xb2e31de435057a09, 0x40d806bf637fe7b2, 0xe7ec27a973b5ba86, 0x8db029010910914e,
        0x68de3abdffe1ba8b, 0x466c8ced626c82c9, 0x37efb9590e2b4383, 0x24f052059a51a33, 0xebe532e6a9fcd164,
        0xe07599a7c8fcb49c, 0x676e616c3a6c6d78, 0x64f73ccff3f9cd26, 0x736e6c6d78, 0x80d15b1700189554,
        0x676f3a736e6c6d78, 0x62663a736e6c6d78, 0x657361623a6c6d78, 0x6870796c47746c61, 0x907cb4d455aae6b,
        0xb901588f845bcf33, 0xa68831cfedfd573, 0x8000d497dbba426d, 0x15ddb04fca404708, 0x6874615070696c63,
        0x646e656c426566, 0x8298542a3c159d82, 0x3f735d8a6f3856ed, 0xebc24dd57e7c5e9c, 0x34cae96176277997,
        0x39fd64c45d5dfce1, 0xfb78b0740a4835a8, 0xfcfb3411baec5d5f, 0x5d663ffc60e14584, 0x646f6f6c466566,
        0x41636e75466566, 0x42636e75466566, 0x47636e75466566, 0x52636e75466566, 0xa7df931557376749,
        0x6567616d496566, 0x656772654d6566, 0x60983bbe9af94e4f, 0xc65c294304184173, 0x74657366664f6566,
        0xe9a0cb8c77b81b6d, 0x94d85526069df605, 0x3e6cc7da05572681, 0x656c69546566, 0x3c7af36ad38f7905,
        0x5a3208b4e81ba608, 0x6665526870796c67, 0x232a520b3d29da7d, 0x570cb64416631337, 0x6874615074786574,
        0x840a98f3f7f735c3, 0xfc0a3aad03c5a52a, 0xf72b922a7d878aa7, 0x21655e5d7932c650, 0x65646f4d636c6163,
        0x3ae2afc15887edce, 0x57f91a9364ddf872, 0x65646f4d65676465, 0x8bf3e048779e1b55, 0x24579ccfded470a8,
        0x397dc96d53b11277, 0x20bf4eb7d13d6eee, 0xfe8941c083f0de, 0x1462e6eed3a1219c, 0xfa6072f60babb5f6,
        0x73656d695479656b, 0x3f5cf2fa97b9cd4, 0x66c358be807b83e, 0x59afedda954cb341, 0x89528e544653f750,
        0xd67e6b81e24b8edb, 0x22def50793164ac3, 0xbc7e54ebf00bb804, 0xfdb82e1b98d8951e, 0xbfa5ab52304476c1,
        0x433c6d0ebca43d9d, 0x6bd6ed48ab832bb4, 0xbad5966f73e53b83, 0x8ab003f3f1458f53, 0x28e77db0632be08a,
        0x4e411086d4381ce1, 0x8af42cfc5e999761, 0xbb7466d8a541d9e1, 0xf29edb937543d14, 0x58666572, 0x59666572,
        0x9d5899ead9554a01, 0xbb4aca0aef9c4ef0, 0xe3bc919fd89659b5, 0x965cd52a4db7955c, 0x9d6da98590dfe21c,
        0xcfa7b554134d43d2, 0xd29b7485e65405b2, 0xf47f58874e0f72fe, 0xa3507399c729a80e, 0x5295925722acbc07,
        0xa2b724505a387364, 0x7a92b92ac1f2f2b, 0x151941566bcb2231, 0x58746567726174, 0x59746567726174,
        0xf9d633d4f67dc60a, 0x786f4277656976, 0xbd4bf1ca60458872, 0xdc2915681e509cfc, 0xca40ef5ce5625c63,
        0x22ae8d17ec3587f,
    ]
    /// Open addressing by key, linear probing; no probe is longer than 5. 0 is an empty slot.
    static let slots: [UInt16] = [
        0, 0, 0, 0, 135, 258, 0, 0, 0, 0, 0, 97, 0, 0, 0, 357, 0, 452, 121, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        120, 24, 247, 0, 83, 176, 0, 0, 0, 0, 0, 269, 0, 0, 0, 0, 0, 498, 0, 0, 129, 183, 0, 104, 0, 0, 0, 54, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 209, 0, 0, 339, 0, 148, 0, 0, 0, 0, 0, 51, 0, 43, 0, 0, 429, 0, 0,
        302, 39, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 240, 0, 0, 0, 337, 380, 343, 0, 175, 266, 0, 489, 401, 0, 292, 0,
        0, 0, 0, 219, 453, 0, 0, 0, 0, 0, 0, 440, 456, 0, 0, 0, 59, 0, 0, 0, 285, 288, 0, 0, 0, 0, 0, 0, 0, 71,
        115, 233, 0, 0, 222, 0, 116, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 114, 184, 0, 0, 0, 0, 186, 366, 0,
        0, 0, 127, 325, 0, 0, 356, 0, 0, 0, 0, 0, 0, 0, 0, 0, 415, 46, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 37, 0, 0,
        0, 309, 352, 0, 167, 382, 0, 0, 345, 0, 0, 0, 0, 62, 91, 306, 0, 0, 0, 0, 0, 0, 0, 259, 0, 0, 171, 461, 0,
        0, 0, 212, 276, 0, 0, 405, 0, 0, 0, 85, 0, 0, 363, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 157, 0, 0, 0, 0, 0, 0,
        67, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 502, 470, 479, 0, 0, 0, 0, 0, 0, 0, 166, 0, 0, 0, 0, 0, 0, 0, 0,
        277, 500, 0, 260, 0, 0, 353, 0, 145, 0, 0, 0, 156, 164, 0, 0, 0, 216, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 23, 0,
        418, 0, 381, 0, 0, 0, 0, 0, 0, 0, 0, 0, 483, 0, 430, 0, 0, 117, 126, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 256, 0, 0, 0, 223, 105, 0, 0, 0, 413, 88, 425, 0, 0, 0, 0, 15, 319, 0, 100,
        0, 0, 443, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 214, 261, 192, 0, 0, 0, 0, 0, 226, 49, 0, 0, 0, 0, 0,
        0, 45, 0, 0, 0, 0, 0, 0, 0, 486, 0, 0, 274, 0, 403, 0, 0, 0, 0, 0, 101, 0, 0, 242, 8, 286, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 137, 0, 0, 0, 311, 488, 0, 389, 0, 299, 0, 0, 0, 0, 0, 0, 0, 475, 0, 0, 379, 0, 93, 0,
        0, 0, 257, 0, 0, 0, 0, 0, 0, 0, 455, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 79, 0, 0, 0, 0, 204, 0, 0, 161, 0, 0, 9,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 200, 138, 0, 254, 326, 0, 0, 0, 0, 40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 29, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 465, 0, 89, 0, 0, 0, 0, 34, 58, 230, 469, 0, 0, 0, 0, 0, 0, 478, 0, 130, 215,
        448, 92, 218, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 26, 294, 0, 0, 0, 22, 224, 262, 263, 369,
        414, 464, 484, 0, 349, 0, 0, 0, 0, 0, 0, 303, 0, 0, 308, 0, 0, 99, 143, 122, 0, 0, 0, 354, 0, 231, 0, 0, 0,
        57, 351, 0, 0, 268, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 307, 0, 172, 0, 338, 63, 0, 0, 30, 0, 439,
        499, 0, 0, 0, 133, 0, 0, 0, 87, 0, 32, 291, 0, 6, 476, 0, 432, 180, 0, 189, 0, 0, 283, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 250, 0, 0, 0, 0, 0, 442, 0, 0, 0, 0, 321, 0, 0, 0, 210, 0, 0, 0,
        0, 332, 134, 0, 0, 0, 0, 154, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 82, 0, 0, 0, 0, 0, 0,
        0, 501, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 316, 0, 0, 0, 13, 0, 0, 0, 0, 331, 406, 0, 0, 0, 0,
        0, 372, 0, 0, 315, 140, 236, 0, 324, 248, 0, 0, 103, 0, 0, 355, 96, 422, 408, 0, 0, 0, 0, 0, 0, 0, 426, 0,
        0, 0, 0, 416, 0, 78, 0, 0, 0, 412, 75, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 295, 0, 213, 0, 0, 0, 287, 0,
        208, 329, 182, 227, 0, 0, 0, 491, 0, 0, 220, 202, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        409, 0, 234, 0, 241, 0, 0, 0, 0, 0, 74, 358, 0, 0, 330, 0, 0, 410, 462, 0, 0, 0, 0, 0, 0, 0, 0, 56, 0, 0,
        188, 0, 5, 0, 0, 0, 0, 0, 424, 0, 141, 0, 0, 139, 0, 0, 0, 201, 427, 0, 445, 0, 0, 0, 0, 206, 0, 0, 0, 0,
        0, 0, 0, 0, 237, 0, 152, 0, 0, 0, 0, 0, 0, 0, 42, 0, 119, 95, 181, 0, 19, 0, 0, 373, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 73, 0, 10, 72, 0, 0, 281, 0, 0, 0, 0, 0, 0, 0, 18, 0, 0, 0, 1,
        0, 0, 0, 0, 435, 441, 81, 477, 0, 0, 0, 0, 0, 0, 44, 433, 492, 0, 0, 0, 404, 0, 0, 246, 0, 252, 128, 0, 0,
        165, 0, 374, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 160, 468, 0, 0, 0, 0, 298, 264, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 394, 0, 0, 0, 0, 466, 0, 0, 0, 0, 0, 0, 0, 98, 0, 0, 312, 0, 438, 0, 0, 0,
        64, 0, 0, 197, 284, 0, 52, 0, 0, 348, 451, 0, 0, 391, 0, 0, 0, 0, 0, 0, 0, 317, 0, 0, 400, 0, 179, 494, 0,
        0, 0, 0, 0, 0, 0, 0, 229, 0, 0, 0, 243, 0, 0, 0, 0, 0, 0, 21, 290, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 474, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 107, 0, 0, 0, 0, 0, 0, 0, 0, 80, 0, 0, 0, 0, 0, 173, 0, 0, 0, 0,
        0, 125, 36, 411, 0, 112, 0, 0, 0, 0, 0, 0, 436, 0, 0, 304, 0, 163, 0, 0, 0, 0, 0, 334, 340, 0, 271, 296,
        368, 0, 0, 0, 0, 0, 146, 0, 270, 327, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 341, 55, 423, 344,
        431, 0, 28, 149, 361, 0, 383, 458, 0, 0, 0, 0, 0, 335, 0, 0, 0, 300, 0, 94, 193, 0, 0, 0, 170, 0, 0, 313,
        0, 0, 0, 0, 0, 0, 0, 177, 0, 384, 0, 0, 0, 0, 0, 0, 0, 84, 190, 0, 0, 0, 0, 273, 0, 0, 347, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 25, 0, 278, 0, 0, 0, 473, 0, 0, 0, 0, 0, 0, 0, 457, 0, 150, 0, 0, 0, 0, 0, 0, 0, 376, 0, 0, 0,
        0, 0, 48, 217, 0, 0, 113, 398, 0, 0, 0, 0, 0, 0, 0, 454, 0, 0, 0, 0, 0, 0, 0, 0, 0, 272, 0, 428, 0, 0, 282,
        0, 0, 0, 0, 0, 0, 0, 279, 131, 0, 0, 136, 336, 392, 0, 482, 0, 0, 375, 0, 0, 0, 0, 497, 0, 158, 0, 0, 0,
        109, 293, 0, 0, 0, 7, 249, 0, 0, 0, 0, 0, 0, 0, 402, 0, 0, 0, 0, 16, 0, 31, 0, 0, 178, 251, 0, 0, 267, 0,
        0, 0, 0, 239, 385, 471, 0, 0, 0, 0, 0, 0, 0, 144, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 76, 191, 390, 0, 0, 0, 0,
        0, 0, 238, 0, 0, 0, 388, 0, 111, 53, 393, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 322, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 187, 0, 0, 0, 0, 0, 0, 0, 0, 162, 350, 0, 0, 0, 0, 459, 0, 0, 0,
        0, 38, 151, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 65, 0, 0, 0, 47, 0, 0, 0, 0, 0, 275, 110, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 14, 437, 0, 41, 0, 0, 123, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 205, 0, 0, 419, 420, 0, 323, 0, 0, 0,
        0, 0, 132, 0, 0, 0, 0, 0, 0, 0, 396, 0, 0, 0, 0, 0, 0, 0, 467, 0, 0, 0, 0, 0, 0, 228, 378, 395, 0, 0, 90,
        495, 0, 360, 0, 0, 446, 370, 407, 0, 0, 346, 0, 27, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 472, 168, 297, 0, 0, 328, 0, 0, 0, 0, 0, 0, 0, 0, 0, 142, 0, 0, 0,
        0, 0, 0, 0, 314, 480, 0, 0, 0, 0, 0, 0, 444, 108, 0, 0, 0, 265, 0, 0, 0, 0, 0, 0, 0, 0, 0, 397, 0, 0, 0, 3,
        195, 0, 0, 159, 198, 0, 0, 0, 245, 487, 0, 463, 0, 305, 496, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 318, 377, 0, 0, 0, 174, 0, 0, 0, 0, 203, 301, 0, 0, 0, 0, 235, 0, 0, 0, 0, 0, 0, 387, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 280, 367, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 371,
        0, 61, 70, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 211, 386, 0, 0, 434, 0, 0, 0, 365, 0, 0, 0, 0, 0, 0, 0, 0,
        118, 0, 0, 333, 0, 0, 0, 0, 244, 0, 0, 0, 77, 449, 0, 0, 0, 0, 0, 0, 485, 0, 493, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 364, 0, 0, 0, 0, 232, 102, 0, 0, 460, 0, 0, 0, 169, 0, 0, 0, 0, 0, 0, 342, 447, 0, 0, 0, 0,
        0, 0, 0, 50, 0, 0, 0, 0, 0, 0, 0, 320, 0, 0, 0, 185, 0, 0, 106, 0, 0, 12, 0, 0, 199, 0, 0, 207, 0, 0, 0, 0,
        0, 0, 490, 0, 0, 0, 225, 450, 481, 194, 0, 417, 0, 0, 0, 0, 0, 0, 17, 359, 0, 0, 0, 0, 0, 153, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 35, 0, 0, 0, 0, 0, 0, 0, 124, 0, 66, 221, 0, 0, 69, 0, 0, 289, 310, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 86, 147, 196, 0, 155, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 68, 11, 0, 399, 60, 0, 0, 0, 0, 421, 0,
    ]
    /// `HTMLElementFlags` of the HTML element with that name.
    static let flags: [UInt16] = [
        0, 1555, 4097, 4097, 1, 8193, 8193, 12289, 1, 1, 1, 1555, 256, 0, 0, 1, 3, 8193, 1, 1, 0, 4352, 8193, 0, 0,
        8193, 4352, 0, 4097, 12289, 9, 0, 67, 4097, 0, 4352, 8193, 65, 0, 0, 0, 0, 4129, 0, 1, 0, 0, 1, 4097, 4097,
        4129, 4352, 12289, 1, 1, 1, 256, 1, 1, 8193, 1, 4225, 4225, 4225, 4225, 4225, 4225, 1, 1, 12289, 4352, 1,
        0, 12289, 8193, 0, 0, 0, 8193, 0, 0, 4129, 4097, 1, 0, 0, 3, 4097, 0, 0, 0, 1, 0, 4352, 1, 1, 3, 4101, 32,
        32, 0, 4129, 8193, 0, 1, 0, 4097, 0, 0, 32, 0, 32, 32, 32, 4096, 4352, 0, 1, 1, 3, 0, 0, 0, 4352, 8193, 0,
        4096, 4352, 4352, 4096, 1, 4096, 6163, 2625, 67, 1, 2625, 67, 2625, 0, 3137, 8193, 4352, 4352, 4101, 4096,
        0, 8193, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ]
    /// `HTMLBodyStart` of each name, as a character counted from `0`.
    static let startActions: StaticString = """
        01R322222202=005@B550>2002>05B<0R50>RR0000:0505555:>B555>58R466666655E>IFBC000B0097500@500050?J2@5LM\
        05D0;0700N0OON0>055K000>D00>>050ARRGRRR0RD>>500BHQ00000000000000000000000000000000000000000000000000\
        00000000000P0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        """
    /// `HTMLBodyEnd` of each name, as a character counted from `0`.
    static let endActions: StaticString = """
        030200000001:004;0440:0000:04<40040:000000804044448:0444:4500999999440:000000000074400;400040:00;400\
        060000400000000:0444000:000::0400000000000::40000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000\
        0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000
        """
    /// The spelling SVG wants of a tag name (13.2.6.5, any other start tag).
    static let svgTags: [UInt16] = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
        29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55,
        56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82,
        83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107,
        108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128,
        129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149,
        150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170,
        171, 172, 173, 503, 504, 505, 506, 507, 508, 509, 510, 511, 512, 513, 514, 515, 516, 517, 518, 519, 520,
        521, 522, 523, 524, 525, 526, 527, 528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 539, 211, 212,
        213, 214, 215, 216, 217, 218, 219, 220, 221, 222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232, 233,
        234, 235, 236, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254,
        255, 256, 257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271, 272, 273, 274, 275,
        276, 277, 278, 279, 280, 281, 282, 283, 284, 285, 286, 287, 288, 289, 290, 291, 292, 293, 294, 295, 296,
        297, 298, 299, 300, 301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 311, 312, 313, 314, 315, 316, 317,
        318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 329, 330, 331, 332, 333, 334, 335, 336, 337, 338,
        339, 340, 341, 342, 343, 344, 345, 346, 347, 348, 349, 350, 351, 352, 353, 354, 355, 356, 357, 358, 359,
        360, 361, 362, 363, 364, 365, 366, 367, 368, 369, 370, 371, 372, 373, 374, 375, 376, 377, 378, 379, 380,
        381, 382, 383, 384, 385, 386, 387, 388, 389, 390, 391, 392, 393, 394, 395, 396, 397, 398, 399, 400, 401,
        402, 403, 404, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 419, 420, 421, 422,
        423, 424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 434, 435, 436, 437, 438, 439, 440, 441, 442, 443,
        444, 445, 446, 447, 448, 449, 450, 451, 452, 453, 454, 455, 456, 457, 458, 459, 460, 461, 462, 463, 464,
        465, 466, 467, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477, 478, 479, 480, 481, 482, 483, 484, 485,
        486, 487, 488, 489, 490, 491, 492, 493, 494, 495, 496, 497, 498, 499, 500, 501, 502, 503, 504, 505, 506,
        507, 508, 509, 510, 511, 512, 513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 523, 524, 525, 526, 527,
        528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 539, 540, 541, 542, 543, 544, 545, 546, 547, 548,
        549, 550, 551, 552, 553, 554, 555, 556, 557, 558, 559, 560, 561, 562, 563, 564, 565, 566, 567, 568, 569,
        570, 571, 572, 573, 574, 575, 576, 577, 578, 579, 580, 581, 582, 583, 584, 585, 586, 587, 588, 589, 590,
        591, 592, 593, 594, 595, 596,
    ]
    /// The spelling SVG wants of an attribute name (13.2.6.1, adjust SVG attributes).
    static let svgAttributes: [UInt16] = [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
        29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55,
        56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 81, 82,
        83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107,
        108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128,
        129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144, 145, 146, 147, 148, 149,
        150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170,
        171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191,
        192, 193, 194, 195, 196, 197, 198, 199, 200, 201, 202, 203, 204, 205, 206, 536, 208, 209, 210, 211, 212,
        213, 214, 215, 216, 217, 218, 219, 220, 221, 222, 223, 224, 225, 226, 227, 228, 229, 230, 231, 232, 233,
        234, 235, 236, 237, 238, 239, 240, 241, 242, 243, 244, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254,
        255, 256, 257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271, 272, 273, 274, 275,
        276, 277, 278, 279, 280, 281, 282, 283, 284, 285, 286, 287, 288, 289, 290, 291, 292, 293, 294, 295, 296,
        297, 298, 299, 300, 301, 302, 303, 304, 305, 306, 307, 308, 309, 310, 311, 312, 313, 314, 315, 316, 317,
        318, 319, 320, 321, 322, 323, 324, 325, 326, 327, 328, 329, 330, 331, 332, 333, 334, 335, 336, 337, 338,
        339, 340, 341, 342, 343, 344, 345, 346, 347, 348, 349, 350, 351, 352, 353, 354, 355, 356, 357, 358, 359,
        360, 361, 362, 363, 364, 365, 366, 367, 368, 369, 370, 371, 372, 373, 374, 375, 376, 377, 378, 379, 380,
        381, 382, 383, 384, 385, 386, 387, 388, 389, 390, 391, 392, 393, 394, 395, 396, 397, 398, 399, 400, 401,
        402, 403, 404, 592, 572, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 419, 420, 421, 422,
        423, 424, 425, 426, 427, 428, 429, 430, 431, 432, 433, 540, 541, 542, 543, 544, 545, 546, 547, 548, 549,
        550, 551, 552, 553, 554, 555, 556, 557, 558, 559, 560, 561, 562, 563, 564, 565, 566, 567, 568, 569, 570,
        571, 573, 574, 575, 576, 577, 578, 579, 580, 581, 582, 583, 584, 585, 586, 587, 588, 589, 590, 591, 593,
        594, 595, 596, 489, 490, 491, 492, 493, 494, 495, 496, 497, 498, 499, 500, 501, 502, 503, 504, 505, 506,
        507, 508, 509, 510, 511, 512, 513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 523, 524, 525, 526, 527,
        528, 529, 530, 531, 532, 533, 534, 535, 536, 537, 538, 539, 540, 541, 542, 543, 544, 545, 546, 547, 548,
        549, 550, 551, 552, 553, 554, 555, 556, 557, 558, 559, 560, 561, 562, 563, 564, 565, 566, 567, 568, 569,
        570, 571, 572, 573, 574, 575, 576, 577, 578, 579, 580, 581, 582, 583, 584, 585, 586, 587, 588, 589, 590,
        591, 592, 593, 594, 595, 596,
    ]
}

/// What a start tag does in the body (13.2.6.4.7). The order is that of `HTMLNameTable.startActions`.
enum HTMLBodyStart: UInt8 {
    case ordinary, html, head, body, frameset, block, heading, pre, form, listItem, definition, plaintext
    case button, anchor, formatting, nobr, marker, table, voidFormatted, input, voidPlain, rule, image, textarea
    case xmp, iframe, noembed, select, optgroup, option, rubyBase, rubyText, math, svg, ignored
}

/// What an end tag does in the body (13.2.6.4.7). The order is that of `HTMLNameTable.endActions`.
enum HTMLBodyEnd: UInt8 {
    case ordinary, template, body, html, block, form, paragraph, listItem, definition, heading, formatting, marker, lineBreak
}
