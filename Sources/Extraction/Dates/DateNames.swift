/// Names of months, weekdays and zones, and the words around dates: English, German, French, Spanish, Portuguese,
/// Italian, Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Romanian, Turkish, Greek, Russian, Ukrainian,
/// Arabic (of Egypt, the Levant and the Maghreb), Persian (Gregorian months), Hebrew, Hindi, Indonesian, Hungarian, Slovak,
/// Croatian (but for October, which is Polish for November), Serbian, Bulgarian, Albanian, the Baltic languages, Bengali, Georgian.
enum DateNames {
    static let months = [
        """
        jan january januar jänner jän janv janvier ene enero janeiro gen gennaio januari tammikuuta tammikuu sty stycznia styczeń \
        ledna leden ian ianuarie oca ocak ιαν ιανουαρίου янв январь января січ січня يناير جانفي ژانویه ينواير ינואר जनवरी \
        január januára siječnja jaanuar janvāris janvārī sausio януари janar জানুয়ারি јануар იანვარი
        """,
        """
        feb february februar fév févr février febrero fev fevereiro febbraio februari helmikuuta helmikuu lut lutego luty února únor \
        februarie şub şubat φεβ φεβρουαρίου фев февр февраль февраля лют лютого فبراير شباط فيفري فوریه פברואר फ़रवरी फरवरी \
        február februára veljače veebruar februāris februārī vasario февруари shkurt ফেব্রুয়ারি фебруар თებერვალი
        """,
        """
        march märz mär mrz mars marzo março maart mrt maaliskuuta maaliskuu marca marzec března březen martie mart μαρ μαρτίου \
        мар март марта бер березня مارس آذار اذار מרץ מרס मार्च maret \
        március marec ožujka märts marts martā kovo মার্চ მარტი
        """,
        """
        apr april avr avril abr abril aprile huhtikuuta huhtikuu kwi kwietnia kwiecień dubna duben aprilie nis nisan απρ απριλίου \
        апр апрель апреля квіт квітня أبريل إبريل نيسان أفريل آوریل אפריל अप्रैل अप्रैल \
        április apríl apríla travnja aprill aprīlis aprīlī balandžio април prill এপ্রিল აპრილი
        """,
        """
        may mai mayo maio mag maggio mei maj maja toukokuuta toukokuu května květen mayıs μαΐου μαιου μάι май мая трав травня مايو أيار ماي \
        مه מאי मई \
        május mája svibnja maijs maijā gegužės máj মে мај მაისი
        """,
        """
        jun june juni juin junio jun junho giu giugno kesäkuuta kesäkuu cze czerwca czerwiec června červen iunie haz haziran ιουν ιουνίου \
        июн июнь июня черв червня يونيو يونيه حزيران جوان ژوئن יוני जून \
        június júna lipnja juuni jūnijs jūnijā birželio юни qershor জুন јун ივნისი
        """,
        """
        jul july juli juil juillet julio julho lug luglio heinäkuuta heinäkuu lip lipca lipiec července červenec iulie tem temmuz ιουλ ιουλίου \
        июл июль июля лип липня يوليو يوليوز تموز جويلية ژوئیه جولای יולי जुलाई \
        július júla srpnja juuli jūlijs jūlijā liepos юли korrik জুলাই јул ივლისი
        """,
        """
        aug august août aou ago agosto agustus augustus augusti elokuuta elokuu sie sierpnia sierpień srpna srpen ağu ağustos αυγ αυγούστου \
        авг август августа серп серпня أغسطس آب غشت أوت اوت آگوست אוגוסט अगस्त \
        augusztus augusta kolovoza augusts augustā rugpjūčio gusht আগস্ট აგვისტო
        """,
        """
        sep sept september septembre septiembre setiembre set setembro settembre syyskuuta syyskuu wrz września wrzesień září zari \
        septembrie eyl eylül σεπ σεπτ σεπτεμβρίου сен сент сентябрь сентября вер вересня سبتمبر أيلول شتنبر سپتامبر ספטמבר सितंबर सितम्बर \
        szeptember septembra rujna septembris septembrī rugsėjo септември shtator সেপ্টেম্বর септембар სექტემბერი
        """,
        """
        oct okt october oktober octobre octubre out outubro ott ottobre lokakuuta lokakuu paź października październik října říjen \
        octombrie eki ekim οκτ οκτωβρίου окт октябрь октября жовт жовтня أكتوبر اكتوبر اکتبر אוקטובר अक्टूबर \
        októbra oktoober oktobris oktobrī spalio октомври tetor অক্টোবর октобар ოქტომბერი
        """,
        """
        nov november novembre noviembre novembro marraskuuta marraskuu lis listopada listopad listopadu noiembrie kas kasım νοε νοεμ \
        νοεμβρίου ноя нояб ноябрь ноября лист листопада نوفمبر نونبر نوامبر נובמבר नवंबर नवम्बर \
        novembra studenoga studenog novembris novembrī lapkričio ноември nëntor নভেম্বর новембар ნოემბერი
        """,
        """
        dec dez dic déc december dezember décembre diciembre dezembro dicembre joulukuuta joulukuu gru grudnia grudzień prosince prosinec \
        decembrie ara aralık δεκ δεκεμβρίου дек декабрь декабря груд грудня ديسمبر دجنبر دسامبر desember des desembre דצמבר दिसंबर \
        decembra prosinca detsember decembris decembrī gruodžio декември dhjetor ডিসেম্বর децембар დეკემბერი
        """,
    ]

    static let weekdays = [
        """
        monday mon montag mo lundi lun lunes segunda lunedì maandag ma måndag mandag maanantai poniedziałek pon pondělí luni pazartesi \
        δευτέρα понедельник пн понеділок الاثنين الإثنين اثنين دوشنبه שני सोमवार senin 周一 星期一 月曜 월요일 \
        hétfő понеделник pondelok pirmdiena pirmadienis esmaspäev ponedjeljak
        """,
        """
        tuesday tue tues dienstag mardi martes terça martedì dinsdag tisdag tirsdag tiistai wtorek úterý marți salı τρίτη вторник вт вівторок \
        الثلاثاء ثلاثاء سهشنبه שלישי मंगलवार selasa 周二 星期二 火曜 화요일 火 화 \
        kedd utorok utorak otrdiena antradienis teisipäev
        """,
        """
        wednesday wed mittwoch mercredi mer miércoles mié quarta mercoledì woensdag onsdag keskiviikko środa śr středa miercuri çarşamba \
        τετάρτη среда ср середа الأربعاء اربعاء چهارشنبه רביעי बुधवार rabu 周三 星期三 水曜 수요일 水 수 \
        szerda сряда streda srijeda trešdiena trečiadienis kolmapäev
        """,
        """
        thursday thu thur thurs donnerstag jeudi jeu jueves jue quinta giovedì gio donderdag torsdag torstai czwartek czw čtvrtek joi \
        perşembe πέμπτη четверг чт четвер الخميس خميس پنجشنبه חמישי गुरुवार kamis 周四 星期四 木曜 목요일 木 목 \
        csütörtök четвъртък štvrtok četvrtak ceturtdiena ketvirtadienis neljapäev
        """,
        """
        friday fri freitag fr vendredi ven viernes vie sexta venerdì vrijdag fredag perjantai piątek pt pátek vineri cuma παρασκευή \
        пятница пт п'ятниця الجمعة جمعة جمعه שישי शुक्रवार jumat 周五 星期五 金曜 금요일 金 금 \
        péntek петък piatok petak piektdiena penktadienis reede
        """,
        """
        saturday sat samstag sonnabend sa samedi sam sábado sáb sabato zaterdag lördag lørdag lauantai sobota sob sâmbătă cumartesi \
        σάββατο суббота сб субота السبت سبت شنبه שבת शनिवार sabtu 周六 星期六 土曜 토요일 土 토 \
        szombat събота subota sestdiena šeštadienis laupäev
        """,
        """
        sunday sun sonntag so dimanche dim domingo dom domenica zondag söndag søndag sunnuntai niedziela nd neděle duminică pazar \
        κυριακή воскресенье вс неділя الأحد احد يکشنبه ראשון रविवार minggu 周日 星期日 星期天 日曜 일요일 \
        vasárnap неделя nedeľa nedjelja svētdiena sekmadienis pühapäev
        """,
    ]

    /// Only names that mean one offset wherever and whenever they are used.
    static let zones: [(Int, String)] = [
        (0, "z utc gmt ut غرينتش جرينتش غرينيتش"), (-300, "est"), (-240, "edt"), (-360, "cst"), (-300, "cdt"),
        (-420, "mst"),
        (-360, "mdt"), (-480, "pst"), (-420, "pdt"), (60, "bst cet mez"), (120, "cest mesz eet sast"),
        (180, "eest مكة"),
        (540, "jst kst"), (600, "aest"), (660, "aedt"), (480, "hkt sgt"), (300, "pkt"),
    ]

    static let joiningEnglish = """
        t st nd rd th of the on at in by time local day et ct mt pt ist ast msk wib o'clock
        """
    static let joiningOther = """
        de del di do da le la el il den der dem des à a las los às alle om på af г гг года году год в во о от à et y e \
        i w o r roku dnia den dne بتاريخ يوم تم في الساعة بتوقيت توقيت ساعة المحلي بالتوقيت هـ ميلادي \
        יום בשעה שעה ב בתאריך saat günü мск kell ม 的 時間 时间 曜日 曜 बजे को pukul wita feira ter gada em er ère º ª
        """
    static let publishedEnglish =
        "date published posted created first issued released publication filed dated effective"
    static let publishedOther = """
        data fecha datum дата تاريخ التاريخ תאריך tarih tarihi 日期 日付 날짜 publié publiée publicado publicada publicación publicação pubblicato veröffentlicht erschienen erstellt stand yayınlanma \
        yayınlandı yayın opublikowano opublikowany utworzono publikováno publicat gepubliceerd publicerad publisert udgivet julkaistu \
        δημοσιεύθηκε δημοσίευση опубликовано опубликован опублікована опубліковано نشر النشر نشرت منشور انتشار منتشر פורסם פורסמה \
        发布 發布 发表 公開 掲載 入力 입력 등록 प्रकाशित diterbitkan parution
        """
    static let modifiedEnglish = "updated update modified last-updated lastmod revised last edited changed"
    static let modifiedOther = """
        mis mise modifié modifiée jour actualizado actualizada actualización atualizado atualizada modificado aggiornato aggiornamento \
        aktualisiert aktualisierung zuletzt geändert güncelleme güncellendi güncellenme son zaktualizowano aktualizacja aktualizováno \
        actualizat bijgewerkt laatst uppdaterad oppdatert opdateret päivitetty ενημέρωση ενημερώθηκε обновлено обновлен обновление \
        оновлено изменено تحديث آخر محدث التحديث عدل به‌روزرسانی עודכן עדכון עודכנה 更新 更新于 最終 수정 최종수정 अद्यतन diperbarui última \
        ultima ultimo último dernière
        """
}
