/// The upper halves of the single-byte encodings, bytes 0x80 to 0xFF, as the WHATWG Encoding Standard's indexes have
/// them: eight rows of sixteen, "-" where the byte is the C1 control of the same number, "." where it stands for nothing.
enum SingleByteIndex {
    /// The rows of an encoding that has such an index.
    static func rows(of encoding: TextEncoding) -> StaticString? {
        switch encoding {
        case .ibm866: ibm866
        case .iso8859part2: iso8859part2
        case .iso8859part3: iso8859part3
        case .iso8859part4: iso8859part4
        case .iso8859part5: iso8859part5
        case .iso8859part6: iso8859part6
        case .iso8859part7: iso8859part7
        case .iso8859part8, .iso8859part8Logical: iso8859part8
        case .iso8859part10: iso8859part10
        case .iso8859part13: iso8859part13
        case .iso8859part14: iso8859part14
        case .iso8859part15: iso8859part15
        case .iso8859part16: iso8859part16
        case .koi8R: koi8R
        case .koi8U: koi8U
        case .macintosh: macintosh
        case .windows874: windows874
        case .windows1250: windows1250
        case .windows1251: windows1251
        case .windows1252: windows1252
        case .windows1253: windows1253
        case .windows1254: windows1254
        case .windows1255: windows1255
        case .windows1256: windows1256
        case .windows1257: windows1257
        case .windows1258: windows1258
        case .macCyrillic: macCyrillic
        default: nil
        }
    }

    private static let ibm866: StaticString = """
        АБВГДЕЖЗИЙКЛМНОП
        РСТУФХЦЧШЩЪЫЬЭЮЯ
        абвгдежзийклмноп
        ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐
        └┴┬├─┼╞╟╚╔╩╦╠═╬╧
        ╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀
        рстуфхцчшщъыьэюя
        ЁёЄєЇїЎў°∙·√№¤■\u{A0}
        """

    private static let iso8859part2: StaticString = """
        ----------------
        ----------------
        \u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ
        °ą˛ł´ľśˇ¸šşťź˝žż
        ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ
        ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß
        ŕáâăäĺćçčéęëěíîď
        đńňóôőö÷řůúűüýţ˙
        """

    private static let iso8859part3: StaticString = """
        ----------------
        ----------------
        \u{A0}Ħ˘£¤.Ĥ§¨İŞĞĴ\u{AD}.Ż
        °ħ²³´µĥ·¸ışğĵ½.ż
        ÀÁÂ.ÄĊĈÇÈÉÊËÌÍÎÏ
        .ÑÒÓÔĠÖ×ĜÙÚÛÜŬŜß
        àáâ.äċĉçèéêëìíîï
        .ñòóôġö÷ĝùúûüŭŝ˙
        """

    private static let iso8859part4: StaticString = """
        ----------------
        ----------------
        \u{A0}ĄĸŖ¤ĨĻ§¨ŠĒĢŦ\u{AD}Ž¯
        °ą˛ŗ´ĩļˇ¸šēģŧŊžŋ
        ĀÁÂÃÄÅÆĮČÉĘËĖÍÎĪ
        ĐŅŌĶÔÕÖ×ØŲÚÛÜŨŪß
        āáâãäåæįčéęëėíîī
        đņōķôõö÷øųúûüũū˙
        """

    private static let iso8859part5: StaticString = """
        ----------------
        ----------------
        \u{A0}ЁЂЃЄЅІЇЈЉЊЋЌ\u{AD}ЎЏ
        АБВГДЕЖЗИЙКЛМНОП
        РСТУФХЦЧШЩЪЫЬЭЮЯ
        абвгдежзийклмноп
        рстуфхцчшщъыьэюя
        №ёђѓєѕіїјљњћќ§ўџ
        """

    private static let iso8859part6: StaticString = """
        ----------------
        ----------------
        \u{A0}...¤.......،\u{AD}..
        ...........؛...؟
        .ءآأؤإئابةتثجحخد
        ذرزسشصضطظعغ.....
        ـفقكلمنهوىي\u{64B}\u{64C}\u{64D}\u{64E}\u{64F}
        \u{650}\u{651}\u{652}.............
        """

    private static let iso8859part7: StaticString = """
        ----------------
        ----------------
        \u{A0}‘’£€₯¦§¨©ͺ«¬\u{AD}.―
        °±²³΄΅Ά·ΈΉΊ»Ό½ΎΏ
        ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ
        ΠΡ.ΣΤΥΦΧΨΩΪΫάέήί
        ΰαβγδεζηθικλμνξο
        πρςστυφχψωϊϋόύώ.
        """

    private static let iso8859part8: StaticString = """
        ----------------
        ----------------
        \u{A0}.¢£¤¥¦§¨©×«¬\u{AD}®¯
        °±²³´µ¶·¸¹÷»¼½¾.
        ................
        ...............‗
        אבגדהוזחטיךכלםמן
        נסעףפץצקרשת..\u{200E}\u{200F}.
        """

    private static let iso8859part10: StaticString = """
        ----------------
        ----------------
        \u{A0}ĄĒĢĪĨĶ§ĻĐŠŦŽ\u{AD}ŪŊ
        °ąēģīĩķ·ļđšŧž―ūŋ
        ĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏ
        ÐŅŌÓÔÕÖŨØŲÚÛÜÝÞß
        āáâãäåæįčéęëėíîï
        ðņōóôõöũøųúûüýþĸ
        """

    private static let iso8859part13: StaticString = """
        ----------------
        ----------------
        \u{A0}”¢£¤„¦§Ø©Ŗ«¬\u{AD}®Æ
        °±²³“µ¶·ø¹ŗ»¼½¾æ
        ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻ
        ŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß
        ąįāćäåęēčéźėģķīļ
        šńņóōõö÷ųłśūüżž’
        """

    private static let iso8859part14: StaticString = """
        ----------------
        ----------------
        \u{A0}Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u{AD}®Ÿ
        ḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡ
        ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ
        ŴÑÒÓÔÕÖṪØÙÚÛÜÝŶß
        àáâãäåæçèéêëìíîï
        ŵñòóôõöṫøùúûüýŷÿ
        """

    private static let iso8859part15: StaticString = """
        ----------------
        ----------------
        \u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯
        °±²³Žµ¶·ž¹º»ŒœŸ¿
        ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ
        ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß
        àáâãäåæçèéêëìíîï
        ðñòóôõö÷øùúûüýþÿ
        """

    private static let iso8859part16: StaticString = """
        ----------------
        ----------------
        \u{A0}ĄąŁ€„Š§š©Ș«Ź\u{AD}źŻ
        °±ČłŽ”¶·žčș»ŒœŸż
        ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏ
        ĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚß
        àáâăäćæçèéêëìíîï
        đńòóôőöśűùúûüęțÿ
        """

    private static let koi8R: StaticString = """
        ─│┌┐└┘├┤┬┴┼▀▄█▌▐
        ░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷
        ═║╒ё╓╔╕╖╗╘╙╚╛╜╝╞
        ╟╠╡Ё╢╣╤╥╦╧╨╩╪╫╬©
        юабцдефгхийклмно
        пярстужвьызшэщчъ
        ЮАБЦДЕФГХИЙКЛМНО
        ПЯРСТУЖВЬЫЗШЭЩЧЪ
        """

    private static let koi8U: StaticString = """
        ─│┌┐└┘├┤┬┴┼▀▄█▌▐
        ░▒▓⌠■∙√≈≤≥\u{A0}⌡°²·÷
        ═║╒ёє╔ії╗╘╙╚╛ґў╞
        ╟╠╡ЁЄ╣ІЇ╦╧╨╩╪ҐЎ©
        юабцдефгхийклмно
        пярстужвьызшэщчъ
        ЮАБЦДЕФГХИЙКЛМНО
        ПЯРСТУЖВЬЫЗШЭЩЧЪ
        """

    private static let macintosh: StaticString = """
        ÄÅÇÉÑÖÜáàâäãåçéè
        êëíìîïñóòôöõúùûü
        †°¢£§•¶ß®©™´¨≠ÆØ
        ∞±≤≥¥µ∂∑∏π∫ªºΩæø
        ¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ
        –—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ
        ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ
        \u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ
        """

    private static let windows874: StaticString = """
        €----…----------
        -‘’“”•–—--------
        \u{A0}กขฃคฅฆงจฉชซฌญฎฏ
        ฐฑฒณดตถทธนบปผฝพฟ
        ภมยรฤลฦวศษสหฬอฮฯ
        ะ\u{E31}าำ\u{E34}\u{E35}\u{E36}\u{E37}\u{E38}\u{E39}\u{E3A}....฿
        เแโใไๅๆ\u{E47}\u{E48}\u{E49}\u{E4A}\u{E4B}\u{E4C}\u{E4D}\u{E4E}๏
        ๐๑๒๓๔๕๖๗๘๙๚๛....
        """

    private static let windows1250: StaticString = """
        €-‚-„…†‡-‰Š‹ŚŤŽŹ
        -‘’“”•–—-™š›śťžź
        \u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż
        °±˛ł´µ¶·¸ąş»Ľ˝ľż
        ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎ
        ĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß
        ŕáâăäĺćçčéęëěíîď
        đńňóôőö÷řůúűüýţ˙
        """

    private static let windows1251: StaticString = """
        ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏ
        ђ‘’“”•–—-™љ›њќћџ
        \u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї
        °±Ііґµ¶·ё№є»јЅѕї
        АБВГДЕЖЗИЙКЛМНОП
        РСТУФХЦЧШЩЪЫЬЭЮЯ
        абвгдежзийклмноп
        рстуфхцчшщъыьэюя
        """

    private static let windows1252: StaticString = """
        €-‚ƒ„…†‡ˆ‰Š‹Œ-Ž-
        -‘’“”•–—˜™š›œ-žŸ
        \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯
        °±²³´µ¶·¸¹º»¼½¾¿
        ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ
        ÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß
        àáâãäåæçèéêëìíîï
        ðñòóôõö÷øùúûüýþÿ
        """

    private static let windows1253: StaticString = """
        €-‚ƒ„…†‡-‰-‹----
        -‘’“”•–—-™-›----
        \u{A0}΅Ά£¤¥¦§¨©.«¬\u{AD}®―
        °±²³΄µ¶·ΈΉΊ»Ό½ΎΏ
        ΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟ
        ΠΡ.ΣΤΥΦΧΨΩΪΫάέήί
        ΰαβγδεζηθικλμνξο
        πρςστυφχψωϊϋόύώ.
        """

    private static let windows1254: StaticString = """
        €-‚ƒ„…†‡ˆ‰Š‹Œ---
        -‘’“”•–—˜™š›œ--Ÿ
        \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯
        °±²³´µ¶·¸¹º»¼½¾¿
        ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏ
        ĞÑÒÓÔÕÖ×ØÙÚÛÜİŞß
        àáâãäåæçèéêëìíîï
        ğñòóôõö÷øùúûüışÿ
        """

    private static let windows1255: StaticString = """
        €-‚ƒ„…†‡ˆ‰-‹----
        -‘’“”•–—˜™-›----
        \u{A0}¡¢£₪¥¦§¨©×«¬\u{AD}®¯
        °±²³´µ¶·¸¹÷»¼½¾¿
        \u{5B0}\u{5B1}\u{5B2}\u{5B3}\u{5B4}\u{5B5}\u{5B6}\u{5B7}\u{5B8}\u{5B9}.\u{5BB}\u{5BC}\u{5BD}־\u{5BF}
        ׀\u{5C1}\u{5C2}׃װױײ׳״.......
        אבגדהוזחטיךכלםמן
        נסעףפץצקרשת..\u{200E}\u{200F}.
        """

    private static let windows1256: StaticString = """
        €پ‚ƒ„…†‡ˆ‰ٹ‹Œچژڈ
        گ‘’“”•–—ک™ڑ›œ\u{200C}\u{200D}ں
        \u{A0}،¢£¤¥¦§¨©ھ«¬\u{AD}®¯
        °±²³´µ¶·¸¹؛»¼½¾؟
        ہءآأؤإئابةتثجحخد
        ذرزسشصض×طظعغـفقك
        àلâمنهوçèéêëىيîï
        \u{64B}\u{64C}\u{64D}\u{64E}ô\u{64F}\u{650}÷\u{651}ù\u{652}ûü\u{200E}\u{200F}ے
        """

    private static let windows1257: StaticString = """
        €-‚-„…†‡-‰-‹-¨ˇ¸
        -‘’“”•–—-™-›-¯˛-
        \u{A0}.¢£¤.¦§Ø©Ŗ«¬\u{AD}®Æ
        °±²³´µ¶·ø¹ŗ»¼½¾æ
        ĄĮĀĆÄÅĘĒČÉŹĖĢĶĪĻ
        ŠŃŅÓŌÕÖ×ŲŁŚŪÜŻŽß
        ąįāćäåęēčéźėģķīļ
        šńņóōõö÷ųłśūüżž˙
        """

    private static let windows1258: StaticString = """
        €-‚ƒ„…†‡ˆ‰-‹Œ---
        -‘’“”•–—˜™-›œ--Ÿ
        \u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯
        °±²³´µ¶·¸¹º»¼½¾¿
        ÀÁÂĂÄÅÆÇÈÉÊË\u{300}ÍÎÏ
        ĐÑ\u{309}ÓÔƠÖ×ØÙÚÛÜƯ\u{303}ß
        àáâăäåæçèéêë\u{301}íîï
        đñ\u{323}óôơö÷øùúûüư₫ÿ
        """

    private static let macCyrillic: StaticString = """
        АБВГДЕЖЗИЙКЛМНОП
        РСТУФХЦЧШЩЪЫЬЭЮЯ
        †°Ґ£§•¶І®©™Ђђ≠Ѓѓ
        ∞±≤≥іµґЈЄєЇїЉљЊњ
        јЅ¬√ƒ≈∆«»…\u{A0}ЋћЌќѕ
        –—“”‘’÷„ЎўЏџ№Ёёя
        абвгдежзийклмноп
        рстуфхцчшщъыьэю€
        """
}
