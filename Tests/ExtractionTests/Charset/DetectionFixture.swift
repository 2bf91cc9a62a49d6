import Extraction
import Testing

/// A text written for these tests, and an encoding it may be found in.
struct DetectionFixture: Sendable, CustomTestStringConvertible {
    var language: String
    var encoding: TextEncoding
    var text: String

    var testDescription: String { "\(language) in \(encoding.name)" }

    init(_ language: String, _ encoding: TextEncoding, _ text: String) {
        self.language = language
        self.encoding = encoding
        self.text = text
    }

    static let all: [DetectionFixture] = latin + otherAlphabets + ideographs

    private static let latin: [DetectionFixture] = [
        DetectionFixture(
            "English", .windows1252,
            "The mayor’s office said on Monday that the bridge would stay closed. “We don’t know yet how long,” a spokesman said."
        ),
        DetectionFixture(
            "French", .windows1252,
            "Le maire a annoncé lundi que le pont resterait fermé jusqu’à nouvel ordre. Les habitants, très inquiets, "
                + "réclament une réunion. La préfecture a précisé que l’enquête était déjà terminée."),
        DetectionFixture(
            "German", .windows1252,
            "Die Brücke bleibt vorerst für den Verkehr gesperrt. Nach Angaben der Behörde müssen größere Schäden geprüft "
                + "werden. Ein Sprecher erklärte, daß über die Öffnung später entschieden wird."),
        DetectionFixture(
            "Spanish", .windows1252,
            "El alcalde anunció ayer que el puente seguirá cerrado. Según la policía, todavía no se sabe cuándo volverá a "
                + "abrirse. ¿Qué pasará mañana? Los vecinos pidieron más información."),
        DetectionFixture(
            "Portuguese", .windows1252,
            "O prefeito não informou quando a ponte será reaberta. Segundo a polícia, as obras de construção começarão em "
                + "março. A população já reclama da situação, que é difícil."),
        DetectionFixture(
            "Italian", .windows1252,
            "Il ponte è ancora chiuso e la città non sa perché. Il sindaco ha detto che la perizia sarà pronta lunedì: "
                + "«Più di così non si può fare». La società ha già risposto."),
        DetectionFixture(
            "Swedish", .windows1252,
            "Bron är fortfarande stängd för trafik. Enligt polisen är det oklart när den kan öppnas igen. Många boende är "
                + "oroliga och säger att de inte får någon hjälp från kommunen."),
        DetectionFixture(
            "Polish", .windows1250,
            "Most pozostanie zamknięty aż do odwołania. Rzecznik policji powiedział, że śledztwo jeszcze trwa. Mieszkańcy "
                + "są zaniepokojeni i żądają wyjaśnień od władz miasta."),
        DetectionFixture(
            "Polish", .iso8859part2,
            "Most pozostanie zamknięty aż do odwołania. Rzecznik policji powiedział, że śledztwo jeszcze trwa. Mieszkańcy "
                + "są zaniepokojeni i żądają wyjaśnień od władz miasta."),
        DetectionFixture(
            "Czech", .windows1250,
            "Most zůstane až do odvolání uzavřen. Mluvčí policie řekl, že vyšetřování ještě neskončilo. Obyvatelé žádají "
                + "vysvětlení a starosta slíbil, že opravy začnou příští týden."),
        DetectionFixture(
            "Hungarian", .windows1250,
            "A híd egyelőre zárva marad a forgalom előtt. A rendőrség szóvivője közölte, hogy a vizsgálat még nem fejeződött "
                + "be. A környéken élők szerint a város vezetői későn értesítették őket."),
        DetectionFixture(
            "Romanian", .windows1250,
            "Podul rămâne închis până la noi ordine. Purtătorul de cuvânt al poliţiei a spus că ancheta nu s-a încheiat. "
                + "Locuitorii oraşului cer explicaţii şi aşteaptă o decizie."),
        DetectionFixture(
            "Turkish", .windows1254,
            "Köprü ikinci bir duyuruya kadar trafiğe kapalı kalacak. Belediye başkanı, çalışmaların ne zaman biteceğini "
                + "açıklamadı. İstanbul’da yaşayanlar şikâyetçi olduklarını söyledi."),
        DetectionFixture(
            "Lithuanian", .windows1257,
            "Tiltas liks uždarytas iki atskiro pranešimo. Policijos atstovas sakė, kad tyrimas dar nebaigtas. Gyventojai "
                + "reikalauja paaiškinimų, o meras žadėjo, kad remontas prasidės kitą savaitę."),
        DetectionFixture(
            "Estonian", .windows1257,
            "Sild jääb esialgu suletuks. Politsei sõnul ei ole uurimine veel lõppenud. Elanikud nõuavad selgitusi ja ütlevad, "
                + "et neile ei räägitud õigel ajal, miks sõita ei või."),
    ]

    private static let russian =
        "Мост останется закрытым до особого распоряжения. Представитель полиции сообщил, что расследование ещё не завершено. "
        + "Жители требуют объяснений от городских властей."
    private static let ukrainian =
        "Міст залишиться закритим до окремого розпорядження. Речник поліції повідомив, що розслідування ще триває. "
        + "Мешканці вимагають пояснень від влади, її рішення чекають усі."

    private static let otherAlphabets: [DetectionFixture] = [
        DetectionFixture("Russian", .windows1251, russian),
        DetectionFixture("Russian", .koi8R, russian),
        DetectionFixture("Russian", .ibm866, russian),
        DetectionFixture("Russian", .iso8859part5, russian),
        DetectionFixture("Russian capitals", .windows1251, russian.uppercased()),
        DetectionFixture("Russian capitals", .koi8R, russian.uppercased()),
        DetectionFixture("Ukrainian", .windows1251, ukrainian),
        DetectionFixture("Ukrainian", .koi8U, ukrainian),
        DetectionFixture(
            "Bulgarian", .windows1251,
            "Мостът остава затворен до второ нареждане. Говорител на полицията съобщи, че разследването още не е приключило. "
                + "Жителите искат обяснение от кмета."),
        DetectionFixture(
            "Serbian", .windows1251,
            "Мост остаје затворен до даљњег. Портпарол полиције је рекао да истрага још није завршена. Грађани траже "
                + "објашњење од градских власти, које ћуте."),
        DetectionFixture(
            "Greek", .windows1253,
            "Η γέφυρα θα παραμείνει κλειστή μέχρι νεωτέρας. Ο εκπρόσωπος της αστυνομίας είπε ότι η έρευνα δεν έχει "
                + "ολοκληρωθεί. Οι κάτοικοι ζητούν εξηγήσεις από τον δήμαρχο. Άλλοι φεύγουν."),
        DetectionFixture(
            "Hebrew", .windows1255,
            "הגשר יישאר סגור עד להודעה חדשה. דובר המשטרה אמר כי החקירה עדיין לא הסתיימה. התושבים דורשים הסברים מראש העיר "
                + "ומבקשים לדעת מתי ייפתח הכביש."),
        DetectionFixture(
            "Arabic", .windows1256,
            "سيبقى الجسر مغلقا حتى إشعار آخر. وقال المتحدث باسم الشرطة إن التحقيق لم ينته بعد، وإن السكان يطالبون رئيس "
                + "البلدية بتوضيح الأسباب. ولم يعرف موعد فتح الطريق."),
        DetectionFixture(
            "Arabic", .iso8859part6,
            "سيبقى الجسر مغلقا حتى إشعار آخر. وقال المتحدث باسم الشرطة إن التحقيق لم ينته بعد، وإن السكان يطالبون رئيس "
                + "البلدية بتوضيح الأسباب. ولم يعرف موعد فتح الطريق."),
        DetectionFixture(
            "Urdu", .windows1256,
            "پل اگلے حکم تک بند رہے گا. پوليس کے ترجمان نے بتايا کہ تفتيش ابھي مکمل نہيں ہوئي اور شہر کے لوگ وضاحت چاہتے ہيں"
        ),
        DetectionFixture(
            "Thai", .windows874,
            "สะพานจะปิดต่อไปจนกว่าจะมีประกาศใหม่ โฆษกตำรวจกล่าวว่าการสอบสวนยังไม่เสร็จสิ้น ประชาชนต้องการคำอธิบายจากนายกเทศมนตรี"),
    ]

    private static let ideographs: [DetectionFixture] = [
        DetectionFixture(
            "Chinese, simplified", .gbk,
            "大桥将继续关闭，直到另行通知。警方发言人说，调查还没有结束。居民要求市长作出解释，并希望道路尽快开放。"),
        DetectionFixture(
            "Chinese, traditional", .big5,
            "大橋將繼續關閉，直到另行通知。警方發言人說，調查還沒有結束。居民要求市長作出解釋，並希望道路儘快開放。"),
        DetectionFixture(
            "Japanese", .shiftJIS,
            "橋は当分の間、通行止めとなる。警察の報道官によると、調査はまだ終わっていない。住民は市長に説明を求めている。"),
        DetectionFixture(
            "Japanese", .eucJP,
            "橋は当分の間、通行止めとなる。警察の報道官によると、調査はまだ終わっていない。住民は市長に説明を求めている。"),
        DetectionFixture(
            "Korean", .eucKR,
            "다리는 추후 통보가 있을 때까지 계속 폐쇄된다. 경찰 대변인은 조사가 아직 끝나지 않았다고 말했다. 주민들은 시장에게 설명을 요구하고 있다."),
    ]
}
