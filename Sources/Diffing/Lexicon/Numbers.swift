extension Lexicon {
    /// One, two, three …: the place in the list is the value; `/` parts spellings of one value. The word for one is left to
    /// `vagueNumbers` where it is also an article.
    static let smallNumbers: [(String, String)] = [
        (
            "en",
            """
            _ two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen \
            nineteen twenty
            """
        ),
        ("fr", "_ deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"),
        (
            "es",
            """
            _ dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho \
            diecinueve veinte
            """
        ),
        (
            "pt",
            """
            _ dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze dezesseis/dezasseis \
            dezessete/dezassete dezoito dezenove/dezanove vinte
            """
        ),
        (
            "it",
            """
            _ due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette \
            diciotto diciannove venti
            """
        ),
        (
            "de",
            """
            _ zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn \
            neunzehn zwanzig
            """
        ),
        (
            "nl",
            """
            _ twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien \
            negentien twintig
            """
        ),
        (
            "ru",
            """
            _ два/две/двух/двум/двумя/двое три/трех/трёх/трем/трое четыре/четырех/четырёх/четверо пять/пяти/пятеро шесть/шести \
            семь/семи восемь/восьми девять/девяти десять/десяти одиннадцать двенадцать тринадцать четырнадцать пятнадцать \
            шестнадцать семнадцать восемнадцать девятнадцать двадцать/двадцати
            """
        ),
        (
            "uk",
            "_ два/дві/двох троє/три/трьох чотири/чотирьох п'ять/п'яти шість/шести сім/семи вісім/восьми дев'ять десять/десяти"
        ),
        (
            "el",
            "_ δύο/δυο τρεις/τρία/τρία τέσσερις/τέσσερα πέντε έξι επτά/εφτά οκτώ/οχτώ εννέα/εννιά δέκα έντεκα δώδεκα"
        ),
        ("tr", "_ iki üç dört beş altı yedi sekiz dokuz on"),
        (
            "ar",
            """
            _ اثنان/اثنين/اثنتان/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني/ثمان تسعة/تسع عشرة/عشر
            """
        ),
        ("fa", "_ دو سه چهار پنج شش هفت هشت نه ده"),
        ("he", "_ שני/שתי/שניים/שתיים שלושה/שלוש ארבעה/ארבע חמישה/חמש שישה/שש שבעה/שבע שמונה תשעה/תשע עשרה/עשר"),
        ("hi", "_ दो तीन चार पांच/पाँच छह सात आठ नौ दस"),
        ("zh", "_ 二/两/兩 三 四 五 六 七 八 九 十"),
        ("ja", "_ 二 三 四 五 六 七 八 九 十"),
        ("sv", "_ två tre fyra fem sex sju åtta nio tio elva tolv"),
        ("pl", "_ dwa/dwie/dwóch trzy/trzech cztery/czterech pięć/pięciu sześć/sześciu siedem osiem dziewięć dziesięć"),
    ]

    static let otherNumbers: [(String, String)] = [
        (
            "en",
            """
            zero=0 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 fourth=4 fifth=5 sixth=6 seventh=7 \
            eighth=8 ninth=9 tenth=10 eleventh=11 twelfth=12
            """
        ),
        ("fr", "vingt=20 trente=30 quarante=40 cinquante=50 soixante=60"),
        ("es", "treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90"),
        ("pt", "trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90"),
        ("it", "trenta=30 quaranta=40 cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90"),
        ("de", "dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90"),
        ("nl", "dertig=30 veertig=40 vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90"),
        ("ru", "тридцать=30 сорок=40 пятьдесят=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 двести=200"),
        ("el", "είκοσι=20 τριάντα=30 σαράντα=40 πενήντα=50"),
        ("tr", "yirmi=20 otuz=30 kırk=40 elli=50 altmış=60 yetmiş=70 seksen=80 doksan=90"),
        ("ar", "عشرون=20 عشرين=20 ثلاثون=30 ثلاثين=30 أربعون=40 أربعين=40 خمسون=50 خمسين=50 مئتان=200 مئتين=200"),
        ("he", "עשרים=20 שלושים=30 ארבעים=40 חמישים=50 מאתיים=200"),
    ]

    /// Powers of ten.
    static let scales: [(Int, String)] = [
        (2, "hundred cent ciento cem cento hundert honderd сто yüz مئة مائة صد מאה 百"),
        (
            3,
            "thousand k mille mil mila tausend duizend тысяча тысячи тысяч тыс χιλιάδες bin ألف آلاف هزار אלף אלפים 千 тисяч"
        ),
        (4, "万 萬"),
        (5, "लाख"),
        (
            6,
            """
            million m mn mln millions milliún millón millones milhão milhões milione milioni millionen mio miljoen миллион \
            миллиона миллионов млн εκατομμύρια εκατομμύριο milyon مليون ملايين میلیون מיליון miljoner мільйонів
            """
        ),
        (8, "亿 億"),
        (
            9,
            """
            billion bn milliard milliards milliarde milliarden mrd miliardo miliardi bilhão bilhões miljard миллиард \
            миллиарда миллиардов млрд δισεκατομμύρια milyar مليار مليارات میلیارد מיליארד
            """
        ),
    ]

    /// Words that count, but are used for other things too.
    static let vagueNumbers: [(String, String)] = [
        ("en", "one first second third once"),
        ("fr", "un une premier première"),
        ("es", "un uno una primer primero primera segundo"),
        ("pt", "um uma primeiro primeira"),
        ("it", "un uno una primo prima"),
        ("de", "ein eine einen einem einer erste ersten zweite zweiten"),
        ("nl", "een één eerste tweede"),
        ("ru", "один одна одного одной первый первая"),
        ("ar", "واحد واحدة أول الأول"),
        ("he", "אחד אחת ראשון"),
        ("zh", "一 第 数 几"),
        ("ja", "一 第 数"),
        ("tr", "bir ilk"),
        ("el", "ένας ένα μία"),
    ]

    /// Amounts that are not exact.
    static let roughNumbers: [(String, String)] = [
        ("en", "half dozen dozens scores hundreds thousands tens millions billions"),
        ("fr", "moitié dizaine dizaines vingtaine trentaine cinquantaine centaine centaines milliers"),
        ("es", "mitad decena decenas docena docenas cientos centenares miles"),
        ("pt", "dezenas dúzias centenas milhares"),
        ("it", "decine centinaia migliaia"),
        ("de", "hälfte dutzend dutzende dutzenden hunderte hunderten tausende tausenden"),
        ("nl", "tientallen honderden duizenden"),
        ("ru", "половина половины десятки десятков сотни сотен тысячи"),
        ("ar", "نصف عشرات مئات آلاف"),
        ("he", "חצי עשרות מאות אלפי"),
        ("tr", "onlarca yüzlerce binlerce"),
        ("el", "δεκάδες εκατοντάδες χιλιάδες"),
    ]

    static let hedges: [(String, String)] = [
        (
            "en",
            """
            about around nearly almost approximately roughly over under least most more less fewer than up some below above \
            estimated exceeding only just minimum maximum
            """
        ),
        ("fr", "environ près presque plus moins quelque autour"),
        ("es", "unos unas cerca casi más menos alrededor aproximadamente"),
        ("pt", "cerca quase mais menos aproximadamente"),
        ("it", "circa quasi oltre almeno più meno"),
        ("de", "etwa rund fast über mehr weniger mindestens höchstens knapp ungefähr circa"),
        ("nl", "ongeveer bijna ruim meer minder minstens zo'n"),
        ("ru", "около почти более менее свыше примерно минимум"),
        ("ar", "نحو حوالي حوالى قرابة أكثر أقل"),
        ("he", "כ בערך כמעט לפחות יותר פחות מעל"),
        ("tr", "yaklaşık en fazla az"),
        ("el", "περίπου σχεδόν τουλάχιστον"),
    ]

    static let months: [(String, String)] = [
        (
            "en",
            """
            january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct \
            november/nov december/dec
            """
        ),
        ("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
        ("es", "enero febrero marzo abril mayo junio julio agosto septiembre/setiembre octubre noviembre diciembre"),
        ("pt", "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
        ("it", "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
        ("de", "januar/jänner februar märz april mai juni juli august september oktober november dezember"),
        ("nl", "januari februari maart april mei juni juli augustus september oktober november december"),
        (
            "ru",
            """
            январь/января/январе февраль/февраля/феврале март/марта/марте апрель/апреля/апреле май/мая/мае июнь/июня/июне \
            июль/июля/июле август/августа/августе сентябрь/сентября/сентябре октябрь/октября/октябре \
            ноябрь/ноября/ноябре декабрь/декабря/декабре
            """
        ),
        ("uk", "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
        (
            "el",
            """
            ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου \
            δεκεμβρίου
            """
        ),
        ("tr", "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"),
        ("ar", "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"),
        ("ar", "_ شباط آذار نيسان أيار حزيران تموز آب أيلول _ _ _"),
        ("he", "ינואר/בינואר פברואר/בפברואר מרץ/במרץ אפריל/באפריל מאי/במאי יוני/ביוני יולי/ביולי אוגוסט/באוגוסט"),
        ("he", "_ _ _ _ _ _ _ _ ספטמבר/בספטמבר אוקטובר/באוקטובר נובמבר/בנובמבר דצמבר/בדצמבר"),
    ]

    static let weekdays: [(String, String)] = [
        ("en", "monday tuesday wednesday thursday friday saturday sunday"),
        ("fr", "lundi mardi mercredi jeudi vendredi samedi dimanche"),
        ("es", "lunes martes miércoles jueves viernes sábado domingo"),
        ("pt", "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo"),
        ("it", "lunedì martedì mercoledì giovedì venerdì sabato domenica"),
        ("de", "montag dienstag mittwoch donnerstag freitag samstag/sonnabend sonntag"),
        ("nl", "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"),
        ("ru", "понедельник вторник среду/среда четверг пятницу/пятница субботу/суббота воскресенье"),
        ("el", "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή"),
        ("tr", "pazartesi salı çarşamba perşembe cuma cumartesi pazar"),
        ("ar", "الاثنين/الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"),
        ("he", "_ _ _ _ _ שבת _"),
    ]

    static let percentWords =
        "% ٪ ％ percent pct prozent procent процента процентов процент بالمئة بالمائة אחוז אחוזים τοις"

    static let currencyWords = """
        $ € £ ¥ ₽ ₪ ₹ ₺ ₴ dollar dollars euro euros pound pounds yen yuan rouble roubles ruble rubles dólares dólar dollari \
        рублей рубля долларов доллара евро دولار دولارات يورو ليرة שקל שקלים דולר דולרים 元 円 美元
        """

    static let units = """
        km kilometre kilometres kilometer kilometers mile miles metre metres meter meters feet foot ft yard yards cm mm inch \
        inches kg kilo kilos kilogram kilograms pounds lbs ton tons tonne tonnes gram grams litre litres liter liters gallon \
        gallons barrel barrels hectare hectares acre acres second seconds minute minutes hour hours day days week weeks month \
        months year years decade decades degree degrees mph kph celsius fahrenheit knots point points kilomètre kilomètres \
        mètre mètres heure heures jour jours semaine semaines mois an ans année années kilómetro kilómetros metro metros hora \
        horas día días semana semanas mes meses año años kilometern minuten stunde stunden tag tage tagen woche wochen monat \
        monate monaten jahr jahre jahren meilen tonnen chilometri metri ore giorni settimane mesi anni dias meses anos км \
        метр метра метров километр километра километров час часа часов день дня дней неделя недели недель месяц месяца \
        месяцев год года лет тонн كيلومتر متر ساعة ساعات يوم أيام أسبوع أسابيع شهر أشهر سنة سنوات عام أعوام קילומטר מטר \
        שעות ימים שבועות חודשים שנים gün hafta ay yıl saat kilometre दिन घंटे साल महीने
        """
}
