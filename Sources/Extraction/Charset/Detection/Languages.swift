extension LanguageModel {
    /// The languages whose texts are told apart. The frequencies were counted in the messages of translated software;
    /// those of punctuation, and of letters too rare to be counted there, are estimates.
    static let all: [LanguageModel] = western + central + baltic + cyrillic + others

    private static let western: [LanguageModel] = {
        let candidates = [
            Candidate(.windows1252, 0), Candidate(.iso8859part15, 9), Candidate(.macintosh, 14),
        ]
        return [
            // English, and what else has no more than punctuation and a foreign name
            LanguageModel(
                .latin,
                """
                13e 14at 15nio 16rs 18l 19dcu 20m 21ph 22gf 23b 25y 26w 27kv 28’ 30x 32“” 34z 36j—– 37q 44é£
                48üçöñáèïäóí
                """,
                candidates),
            // French
            LanguageModel(
                .latin,
                """
                12e 15ainrs 16to 17lu 18d 19c 20p 21m 22é 24gf 25hbv 26’ 30q\u{A0} 31xy 32kà 34«»è 35jz 36wê 38ûç 43ô
                44âùïëœ 45î
                """,
                candidates),
            // German
            LanguageModel(
                .latin,
                """
                11e 13n 15itar 16s 19lduoh 20gc 21m 22b 23kf 24p 25zw 27v 29ü 30ä 31y 33ö 34xß 36j„“ 40q 48éáàíè
                """,
                candidates),
            // Spanish
            LanguageModel(
                .latin,
                """
                12e 13a 14o 15nir 16s 17dclt 20up 21m 24b 25f 26gv 27ó 28h 31á 32qyxí 33j 34zñ 36é 37úk 38w 40«»¿¡ 46ü
                """,
                candidates),
            // Portuguese
            LanguageModel(
                .latin,
                """
                13aeo 15ir 16s 17dnt 18c 19m 20lp 21u 23f 24v 25hã 26gb 27ç 30xá 31íq 32z 33é 35k 36óyjú 37õ 38w 39ê
                44ôüà 45â
                """,
                candidates),
            // Italian
            LanguageModel(
                .latin,
                """
                13iea 14o 15n 16trl 17s 19cd 20upm 22g 25bvfz 26h 28’ 30k 31è 32y 34wà 35q 36«»“” 38xòé 39j 40ù 42ì
                """,
                candidates),
            // Dutch
            LanguageModel(
                .latin,
                """
                11e 14na 15ti 16ro 17s 18d 19lg 21umk 22vbpc 23h 26wf 27j 29z 32y 35x 42éëq 44üóè 46ï
                """,
                candidates),
            // Swedish
            LanguageModel(
                .latin,
                """
                13a 14ent 15ri 17sl 18o 19dk 20gm 22ufp 23v 24äcb 25h 26ö 27y 28å 32j 33x 34w 38z 40” 42q 44é 48ü
                """,
                candidates),
            // Danish and Norwegian
            LanguageModel(
                .latin,
                """
                11e 15rnti 16asl 17d 18ko 19g 21mfu 22v 23p 24b 26h 27y 28cæ 29jø 31å 36x 37w 38z 40é«» 44q 48öä
                """,
                candidates),
            // Finnish
            LanguageModel(
                .latin,
                """
                13it 14ae 15ns 16o 17l 18ku 19ä 20rm 21v 23yp 24dh 25j 30b 31gc 32ö 33f 36x 38w 40” 44z 46å 47q
                """,
                candidates),
            // Icelandic
            LanguageModel(
                .latin,
                """
                11a 15n 16ir 17sekl 18tu 19mg 20o 21db 22í 23hð 24áy 25pv 26f 27cj 28ó 29úw 30ý 33æé 34zö 35þ 39x 40q
                """,
                candidates),
            // Catalan
            LanguageModel(
                .latin,
                """
                12e 13a 15isr 16tnl 17o 18dc 19u 20pm 24fgb 26x 27vh 28’ 29óq 30à 31é 33è 34í 35z 36jykòçú 40w 43ï 44·
                45ü
                """,
                candidates),
            // Albanian
            LanguageModel(
                .latin,
                """
                14eit 15rë 16asn 18u 19mop 20hkdlj 22g 24f 25v 26b 27z 30yqc 34x 37w 39ç 40“”
                """,
                candidates),
        ]
    }()

    private static let central: [LanguageModel] = {
        let candidates = [
            Candidate(.windows1250, 2), Candidate(.iso8859part2, 5),
        ]
        return [
            // Polish
            LanguageModel(
                .latin,
                """
                13a 14i 15eon 18rzswt 19ky 20pcudl 21m 23j 24gb 26ł 27h 28żę 29ąśó 30fć 34ń 36„” 37v 40x 41ź 45q 46é
                """,
                candidates),
            // Czech
            LanguageModel(
                .latin,
                """
                14o 15ena 17t 18spr 19ivul 20kíd 21zm 22ácb 23y 24hj 25ř 27čéý 28žě 29g 30šf 33ů 34x 36„“ 38w 40ú 42ó
                44ň 45q 46ďö
                """,
                candidates),
            // Slovak
            LanguageModel(
                .latin,
                """
                14ao 15en 17ir 18ts 19pvk 20lud 21m 22zbá 23cy 24hj 26číý 27úéťž 30fgšľ 34x 36„“ 39wó 41ôäň 45ĺ 46ďŕ
                51q
                """,
                candidates),
            // Hungarian
            LanguageModel(
                .latin,
                """
                13e 14a 15tl 16s 17n 18rkio 19zá 20m 21ég 22v 23hby 24dpuc 25fj 26íó 28ö 29ő 32ü 34ú 36x„” 37ű 39w 40–
                47q
                """,
                candidates),
            // Romanian, written with cedillas in these encodings
            LanguageModel(
                .latin,
                """
                12e 13i 14a 15rt 16nu 17l 18cso 20dp 21mă 24f 25b 26gv 27ţzş 29h 30î 31x 35k 36â 37jw 38y 40„” 47q
                """,
                candidates),
            // Croatian, Bosnian, and Serbian in Latin letters
            LanguageModel(
                .latin,
                """
                12a 13i 14e 15on 16r 17t 18skj 19pu 20dl 21mv 22z 24bg 25c 28č 29š 30fh 32žć 37đ 38xy 39w 40„” 47q
                """,
                candidates),
            // Slovenian
            LanguageModel(
                .latin,
                """
                12a 14eio 15n 17rt 18sk 19pvl 20dj 21mz 23ub 24čg 27cšh 32ž 33f 38yx 39w 40„“ 46qć
                """,
                candidates),
        ]
    }()

    private static let baltic: [LanguageModel] = {
        let candidates = [
            Candidate(.windows1257, 4), Candidate(.iso8859part13, 9), Candidate(.iso8859part4, 12),
        ]
        return [
            // Lithuanian
            LanguageModel(
                .latin,
                """
                12ai 15s 16te 17orn 18k 19ulm 20p 21d 23vgj 24yb 25šų 26ė 28f 29c 30žį 32ąhč 33z 34ū 39xę 40w„“– 46q
                """,
                candidates),
            // Latvian
            LanguageModel(
                .latin,
                """
                12a 14is 15t 16e 17run 18o 19kl 20mdpā 21v 23ēj 24zgbī 26š 28c 29f 32ņ 33ļūh 37žx 38ķ 41wy 43čģ 51q
                """,
                candidates),
            // Estonian
            LanguageModel(
                .latin,
                """
                12ai 14e 15st 17lun 18kro 19dm 20v 22g 23p 24b 25äj 26hõ 28fü 33c 38xö 40š 41wy 44z 45ž 49q
                """,
                candidates),
        ]
    }()

    private static let cyrillic: [LanguageModel] = {
        let candidates = [
            Candidate(.windows1251, 1), Candidate(.iso8859part5, 7), Candidate(.ibm866, 7), Candidate(.macCyrillic, 9),
        ]
        return [
            // Russian
            LanguageModel(
                .cyrillic,
                """
                14оеа 15ин 16т 17рс 18лв 19к 20пд 21м 22уяз 23ьы 24йб 26чг 27ж 28— 29фц 30хюш 32щ«» 36э 38ё 40№ 43ъ
                """,
                candidates + [Candidate(.koi8R, 4)]),
            // Ukrainian
            LanguageModel(
                .cyrillic,
                """
                13а 14но 16и 17еітвр 18кс 19лд 20упм 22яз 24бь 25йг 26ч 28ж 29хцєф 30ш 31ю 32«»— 33ї 34’ 35щ 38ґ 40№
                """,
                candidates + [Candidate(.koi8U, 5)]),
            // Bulgarian
            LanguageModel(
                .cyrillic,
                """
                12а 13е 14н 15ио 16т 17р 18св 19дп 20зкл 22м 24ъя 25бу 27чг 28жйф 29ц 31шщ 32х„“ 36– 37ю 40ь
                """,
                candidates),
            // Serbian
            LanguageModel(
                .cyrillic,
                """
                12а 13е 14и 15о 16нр 18тск 19упд 20вм 21јз 22л 24б 25г 26ш 27чњ 28ц 29љ 31ж 32ћх„“ 33ф 36ђ– 40џ
                """,
                candidates),
            // Belarusian
            LanguageModel(
                .cyrillic,
                """
                10а 15н 17рк 18ісл 19ые 20тдямув 21оп 22эц 23зьбг 25ўч 26й 28хш— 29ф 30ж 32«» 33ю 34ё 36’
                """,
                candidates),
            // Macedonian
            LanguageModel(
                .cyrillic,
                """
                11а 14ео 15итн 17р 19дквс 20пмл 22з 23у 24ј 25ч 26бг 27њ 28цж 29ш 32„“ 33ф 38ќ 40х 41ѓ 44џљѕ
                """,
                candidates),
        ]
    }()

    private static let others: [LanguageModel] = [
        // Turkish
        LanguageModel(
            .latin,
            """
            12a 14ie 15l 16nr 18ı 19tsmdk 20ouy 22b 23g 25zşcç 26üph 28ğv 29ö 30f 34wİ 36’ 38xj 40“” 42q 44âîû
            """,
            [Candidate(.windows1254, 3), Candidate(.iso8859part3, 14)]),
        // Vietnamese, its tones written as combining marks
        LanguageModel(
            .latin,
            """
            14n 15h 16iat 17c 18\u{323}\u{301}g 20uoê\u{300} 21ô\u{309} 22đ 23kmrplư 24âơe 25sbyd 26á\u{303} 27v 28àíó
            29ă 30úéè 31x 34ùìòýf 35q 39w 41z 42j
            """,
            [Candidate(.windows1258, 6)]),
        // Greek
        LanguageModel(
            .greek,
            """
            13α 15οετ 16νι 18σρμη 19κπ 20υ 21λςίδ 22γή 23έάό 25χ 26ωθ 28φύ 30βώ 32«» 33ξ 34ζ 36·– 40ψ 46ϊ 48ΐϋ
            """,
            [Candidate(.windows1253, 2), Candidate(.iso8859part7, 3)]),
        // Hebrew
        LanguageModel(
            .hebrew,
            """
            12י 13ו 15הל 16אמרת 17בשנ 20עדקח 21פסט 22גכם 24צז 25ן 27ך 28״ 30ץף 32– 34׳
            """,
            [Candidate(.windows1255, 2), Candidate(.iso8859part8, 6)]),
        // Arabic
        LanguageModel(
            .arabic,
            """
            11ا 12ل 15ي 16م 17ر 18وتنة 20ف 21دعسب 23حقج 24كهص 25أط 26خ 27ذإشغى 28ز،ء 29ض 30ئ 32ث 33ظ 34؛؟«»ؤآ 42ـ
            44\u{651}\u{64F}\u{64B}\u{650}\u{64E}\u{652}\u{64C}\u{64D}
            """,
            [Candidate(.windows1256, 2), Candidate(.iso8859part6, 6)]),
        // Persian and Urdu
        LanguageModel(
            .arabic,
            """
            11ا 13ن 14رد 16تهي 17وم 18بش 19س 21کخ 22پ 23ل 24زگ\u{200C} 25عفط 26ج 27ق 28ص، 30ح 31ظ 33غچ 36آٹڈےںہھڑ 37ذ
            38ضژ 42ئ 44ءث 46أ 48\u{651}
            """,
            [Candidate(.windows1256, 3)]),
        // Thai
        LanguageModel(
            .thai,
            """
            16า 17รอ\u{E48}ก 18มน 19เ\u{E49} 20งด\u{E31} 21ลต\u{E35} 22บแยสไ\u{E34}ว 23ขท 24จหคพ 25ป\u{E4C}ะ
            26ช\u{E37}\u{E39}ใ 27ำถ 28\u{E38}ฟ 29โซ 30\u{E47} 33ผณ 36\u{E36} 37ธญ 39ภ 41ฮ 42ษ 43ฐ 44ศฉ 45ๆ
            """,
            [Candidate(.windows874, 2)]),
    ]
}
