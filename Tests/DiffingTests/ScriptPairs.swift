import Diffing
import Models

/// Edits in languages other than English.
let scriptPairs: [Pair] = [
    Pair(
        "Arabic: a figure", language: "ar", "قتل 12 شخصا في القصف على المدينة.", "قتل 15 شخصا في القصف على المدينة.",
        "figure substantive"),
    Pair(
        "Arabic: a figure in Arabic digits", language: "ar", "قتل ١٢ شخصا في القصف على المدينة.",
        "قتل ١٥ شخصا في القصف على المدينة.",
        "figure substantive"),
    Pair(
        "Arabic: other digits for the same number", language: "ar", "قتل ١٢ شخصا في المدينة.",
        "قتل 12 شخصا في المدينة.", "typography cosmetic"),
    Pair(
        "Arabic: a quotation", language: "ar", "قال العمدة: «لن نترك المدينة أبدا» أمام الحشد.",
        "قال العمدة: «لن نترك القرية أبدا» أمام الحشد.", "quotation substantive"),
    Pair(
        "Arabic: who says so", language: "ar", "قال المتحدث إن الميناء مغلق.", "زعم المتحدث إن الميناء مغلق.",
        "attribution substantive"),
    Pair(
        "Arabic: vowel points", language: "ar", "كتب الصحفي عن الميناء.", "كَتَبَ الصحفي عن الميناء.",
        "typography cosmetic"),
    Pair(
        "Arabic: a content word", language: "ar", "هاجم الجيش الحي الشرقي؟ لا أحد يعلم.",
        "هاجم الجيش الحي الغربي؟ لا أحد يعلم.",
        "wording substantive"),
    Pair(
        "Arabic: a correction", from: Revision(body: ["وصلت السفينة إلى الميناء صباح الأحد."]),
        to: Revision(body: ["وصلت السفينة إلى الميناء صباح الأحد.", "تصحيح: ذكرت نسخة سابقة اسم ميناء آخر."]),
        "correction substantive"),
    Pair(
        "Persian: a joiner", language: "fa", "خبرنگاران می‌خواهند بنویسند.", "خبرنگاران میخواهند بنویسند.",
        "typography cosmetic"),
    Pair(
        "Hebrew: a figure", language: "he", "בשריפה נפגעו 12 בני אדם בנמל.", "בשריפה נפגעו 15 בני אדם בנמל.",
        "figure substantive"),
    Pair(
        "Hebrew: gershayim are no quotation marks", language: "he", "חיילי צה\"ל הגיעו לנמל בבוקר.",
        "חיילי צה״ל הגיעו לנמל בבוקר.",
        "typography cosmetic"),
    Pair(
        "Hebrew: a quotation", language: "he", "ראש העיר אמר: \"לא נעזוב את העיר\" בפני הקהל.",
        "ראש העיר אמר: \"לא נעזוב את הכפר\" בפני הקהל.", "quotation substantive"),
    Pair(
        "Hebrew: a correction", from: Revision(body: ["האונייה הגיעה לנמל ביום ראשון."]),
        to: Revision(body: ["האונייה הגיעה לנמל ביום ראשון.", "תיקון: בגרסה קודמת נכתב שם אחר."]),
        "correction substantive"),
    Pair("Chinese: a figure", language: "zh", "昨晚的火灾造成12人死亡。市长表示遗憾。", "昨晚的火灾造成15人死亡。市长表示遗憾。", "figure substantive"),
    Pair("Chinese: a number in characters", language: "zh", "船上有三人失踪。", "船上有五人失踪。", "figure substantive"),
    Pair("Chinese: a quotation", language: "zh", "船长说：“我们绝不放弃这艘船。”", "船长说：“我们不会放弃这艘船。”", "quotation substantive"),
    Pair("Chinese: a content word", language: "zh", "工人们在码头等待。天气很冷。", "工人们在码头休息。天气很冷。", "wording substantive"),
    Pair("Chinese: a particle", language: "zh", "工人们在码头等待着船只。", "工人们在码头等待了船只。", "wording minor"),
    Pair(
        "Chinese: a sentence that came", language: "zh", "工人们在码头等待。天气很冷。", "工人们在码头等待。晚上下了一场大雪。天气很冷。",
        "added substantive"),
    Pair("Japanese: a quotation", language: "ja", "船長は「決して諦めない」と述べた。", "船長は「まだ諦めない」と述べた。", "quotation substantive"),
    Pair("Japanese: a figure", language: "ja", "火災で１２人が死亡した。", "火災で１５人が死亡した。", "figure substantive"),
    Pair("Japanese: full-width digits", language: "ja", "火災で１２人が死亡した。", "火災で12人が死亡した。", "typography cosmetic"),
    Pair("Japanese: a particle", language: "ja", "船長が港を離れた。", "船長は港を離れた。", "wording minor"),
    Pair(
        "Japanese: a correction", from: Revision(body: ["船は日曜日に港に着いた。"]),
        to: Revision(body: ["船は日曜日に港に着いた。", "【訂正】初出時、港の名前に誤りがありました。"]), "correction substantive"),
    Pair(
        "Russian: a figure", language: "ru", "При пожаре погибли 12 человек.", "При пожаре погибли 15 человек.",
        "figure substantive"),
    Pair(
        "Russian: a number word", language: "ru", "Пропали два матроса с судна.", "Пропали три матроса с судна.",
        "figure substantive"),
    Pair(
        "Russian: a quotation", language: "ru", "Капитан сказал: «Мы никогда не сдадимся».",
        "Капитан сказал: «Мы пока не сдадимся».", "quotation substantive"),
    Pair(
        "Russian: who says so", language: "ru", "Владелец сообщил, что судно исправно.",
        "Владелец утверждает, что судно исправно.", "attribution substantive"),
    Pair(
        "Russian: a name", language: "ru", "Груз отправили в Онегу поездом.", "Груз отправили в Кемь поездом.",
        "name substantive"),
    Pair(
        "Russian: a correction", from: Revision(body: ["Судно прибыло в порт в воскресенье."]),
        to: Revision(body: [
            "Судно прибыло в порт в воскресенье.", "Исправление: в первой версии был указан другой порт.",
        ]),
        "correction substantive"),
    Pair(
        "Greek: a figure", language: "el", "Στη φωτιά πέθαναν 12 άνθρωποι.", "Στη φωτιά πέθαναν 15 άνθρωποι.",
        "figure substantive"),
    Pair(
        "Greek: a question", language: "el", "Πού είναι το πλοίο; Το λιμάνι είναι άδειο.",
        "Πού είναι το πλοίο; Το λιμάνι είναι κλειστό.",
        "wording substantive"),
    Pair(
        "Greek: a quotation", language: "el", "Ο πλοίαρχος είπε: «Δεν φεύγουμε ποτέ».",
        "Ο πλοίαρχος είπε: «Δεν φεύγουμε τώρα».", "quotation substantive"),
    Pair(
        "German: a quotation", language: "de", "„Wir geben das Schiff nie auf“, sagte der Kapitän.",
        "„Wir geben das Schiff nicht auf“, sagte der Kapitän.", "quotation substantive"),
    Pair(
        "German: a noun's capital makes no name", language: "de", "Die Mannschaft hat den Hafen verlassen.",
        "Die Mannschaft hat den Dampfer verlassen.", "wording substantive"),
    Pair(
        "German: an ordinal ends no sentence", language: "de", "Das Schiff sank am 3. Oktober vor der Küste.",
        "Das Schiff sank am 4. Oktober vor der Küste.", "figure substantive"),
    Pair(
        "German: who says so", language: "de", "Der Reeder sagte, das Schiff sei sicher.",
        "Der Reeder behauptete, das Schiff sei sicher.", "attribution substantive"),
    Pair(
        "German: a correction", from: Revision(body: ["Das Schiff erreichte am Sonntag den Hafen."]),
        to: Revision(body: [
            "Das Schiff erreichte am Sonntag den Hafen.",
            "Korrektur: In einer früheren Version stand ein anderer Hafen.",
        ]),
        "correction substantive"),
    Pair(
        "French: a quotation", language: "fr", "« Nous ne quitterons jamais le port », a dit le capitaine.",
        "« Nous ne quitterons pas le port », a dit le capitaine.", "quotation substantive"),
    Pair(
        "French: an elided article", language: "fr", "La marine a quitté l’île de nuit.",
        "La marine a quitté l'île de nuit.", "typography cosmetic"),
    Pair(
        "French: a name after an elision", language: "fr", "Le cargo venait d’Agadir par la mer.",
        "Le cargo venait d’Essaouira par la mer.", "name substantive"),
    Pair(
        "French: a correction", from: Revision(body: ["Le navire est arrivé au port dimanche."]),
        to: Revision(body: ["Le navire est arrivé au port dimanche.", "Rectificatif : le nom du port a été corrigé."]),
        "correction substantive"),
    Pair(
        "Spanish: a figure", language: "es", "Murieron doce marineros en el incendio.",
        "Murieron quince marineros en el incendio.", "figure substantive"),
    Pair(
        "Spanish: a correction", from: Revision(body: ["El barco llegó al puerto el domingo."]),
        to: Revision(body: ["El barco llegó al puerto el domingo.", "Corrección: el nombre del puerto era otro."]),
        "correction substantive"),
    Pair(
        "Turkish: who says so", language: "tr", "Kaptan geminin sağlam olduğunu söyledi.",
        "Kaptan geminin sağlam olduğunu iddia etti.", "attribution substantive"),
    Pair("Thai: a word", language: "th", "เรือออกจากท่าเรือในตอนเช้า", "เรือออกจากท่าเรือในตอนเย็น", "wording substantive"),
    Pair("Korean: a figure", language: "ko", "화재로 12명이 숨졌다.", "화재로 15명이 숨졌다.", "figure substantive"),
    Pair(
        "Hindi: a figure", language: "hi", "आग में १२ लोग मारे गए। नाव डूब गई।", "आग में १५ लोग मारे गए। नाव डूब गई।",
        "figure substantive"),
    Pair(
        "Arabic: letters with and without hamza", language: "ar", "اعلن الوزير الاستقالة امس.",
        "أعلن الوزير الإستقالة أمس.",
        "typography cosmetic"),
    Pair(
        "Arabic: confirmed or denied", language: "ar", "أكد الوزير أنه سيستقيل.", "نفى الوزير أنه سيستقيل.",
        "attribution substantive"),
    Pair(
        "Persian: Arabic letters for Persian ones", language: "fa", "علي گفت كه مي‌آيد.", "علی گفت که می‌آید.",
        "typography cosmetic"),
    Pair(
        "Persian: a figure", language: "fa", "دست‌کم ۱۷ نفر در این حادثه کشته شدند.",
        "دست‌کم ۲۱ نفر در این حادثه کشته شدند.", "figure substantive"),
    Pair(
        "Hebrew: who says so", language: "he", "ראש העיר אמר כי לא ידע על העסקה.", "ראש העיר טען כי לא ידע על העסקה.",
        "attribution substantive"),
    Pair(
        "Hebrew: vowel points", language: "he", "שלום לכולם בעיר.", "שָׁלוֹם לכולם בעיר.", "typography cosmetic"),
    Pair("Chinese: who says so", language: "zh", "船长表示船是安全的。", "船长声称船是安全的。", "attribution substantive"),
    Pair("Chinese: quotation marks", language: "zh", "船长说：“我们不走。”", "船长说：「我们不走。」", "typography cosmetic"),
    Pair("Chinese: spaces around digits", language: "zh", "共有20人受伤。", "共有 20 人受伤。", "typography cosmetic"),
    Pair("Japanese: who says so", language: "ja", "船長は知らなかったと述べた。", "船長は知らなかったと主張した。", "attribution substantive"),
    Pair("Korean: who says so", language: "ko", "선장은 몰랐다고 말했다.", "선장은 몰랐다고 주장했다.", "attribution substantive"),
    Pair("Korean: a quotation", language: "ko", "그는 “우리는 몰랐다”고 말했다.", "그는 “우리는 알았다”고 말했다.", "quotation substantive"),
    Pair(
        "Hindi: who says so", language: "hi", "मंत्री ने कहा कि उन्हें जानकारी नहीं थी।",
        "मंत्री ने दावा किया कि उन्हें जानकारी नहीं थी।", "attribution substantive"),
    Pair(
        "Hindi: digits of another script", language: "hi", "आग में १२ लोग मारे गए।", "आग में 12 लोग मारे गए।",
        "typography cosmetic"),
    Pair(
        "Turkish: a negation", language: "tr", "Kaptan gemiyi bırakacak.", "Kaptan gemiyi bırakmayacak.",
        "wording substantive"),
    Pair(
        "Russian: the letter yo", language: "ru", "Всё ещё идёт проверка судна.", "Все еще идет проверка судна.",
        "typography cosmetic"),
    Pair(
        "Russian: a negation", language: "ru", "Капитан знал о пробоине заранее.",
        "Капитан не знал о пробоине заранее.",
        "wording substantive"),
    Pair(
        "German: Swiss spelling", language: "de", "Die Straße zum Hafen ist gesperrt.",
        "Die Strasse zum Hafen ist gesperrt.",
        "typography cosmetic"),
    Pair(
        "German: a name", language: "de", "Am Abend traf der Reeder Angela Meier im Hafen.",
        "Am Abend traf der Reeder Angela Maier im Hafen.", "name substantive"),
    Pair(
        "German: a doubt", language: "de", "Der Täter kam mit dem Schiff.", "Der mutmaßliche Täter kam mit dem Schiff.",
        "attribution substantive"),
    Pair(
        "French: the source of a claim", language: "fr", "Selon le ministère, le port est calme.",
        "Selon l'opposition, le port est calme.", "attribution substantive"),
    Pair(
        "French: a conditional", language: "fr", "Le capitaine a reçu de l'argent.",
        "Le capitaine aurait reçu de l'argent.",
        "wording substantive"),
    Pair(
        "French: an update", from: Revision(body: ["Le navire est arrivé au port dimanche."]),
        to: Revision(body: [
            "Le navire est arrivé au port dimanche.", "Mise à jour le 3 mars 2026 : le nombre de marins a été corrigé.",
        ]),
        "correction substantive"),
    Pair(
        "Spanish: the source of a claim", language: "es", "El fuego destruyó el barco, según el gobierno.",
        "El fuego destruyó el barco, según la oposición.", "attribution substantive"),
    Pair(
        "Spanish: quotation marks", language: "es", "«No nos iremos», dijo el alcalde.",
        "“No nos iremos”, dijo el alcalde.",
        "typography cosmetic"),
    Pair(
        "Spanish: a decimal", language: "es", "El paro subió al 12,5 % en mayo.", "El paro subió al 12,8 % en mayo.",
        "figure substantive"),
    Pair("Korean: a particle", language: "ko", "장관이 사임했다.", "장관은 사임했다.", "wording minor"),
]
