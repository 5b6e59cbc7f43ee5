//! Words that build a question without saying what it is about, by language. They count little: in a store of answers
//! "which" and "how" are rare, and would otherwise outweigh the subject.

/// The list for a language, separated by spaces; empty where we have none.
pub fn function_words(language: &str) -> &'static str {
    match language {
        "en" => EN,
        "es" => ES,
        "vi" => VI,
        "ar" => AR,
        "fr" => FR,
        "de" => DE,
        "it" => IT,
        "pt" => PT,
        "pl" => PL,
        "sv" => SV,
        "ru" => RU,
        "tr" => TR,
        "zh" => ZH,
        "ja" => JA,
        _ => "",
    }
}

const EN: &str = "a about actually again all also am an and any anybody anyone anything are as ask at be because been before \
being but by can cannot could d did do does doing don done else even ever every for from get gets getting give go goes \
going got had happen happens has have having hello help here hey hi how i if im in into is it its just know let like ll \
looking m made make makes many may maybe me mean might mine more most much must my need needs no not now of off ok okay on \
one ones only or other our out over please possible question re really s say see shall she he should since so some somebody \
someone something still such sure t tell than thank thanks that the their them then there these they thing think this those \
through to told too under until up us use used using ve very via want wanted was way we well were what whats when where \
which while who whom whose why will with within without wonder wondering would yes yet you your";

const ES: &str = "a al algo alguien alguna algunas alguno algunos ante antes aquel aquella aqui asi aun aunque ayuda bien buenas \
buenos cada como con conozco cual cuales cualquier cuando cuanta cuantas cuanto cuantos dar de debe deben debo decir del desde \
donde dos e el ella ellas ellos en entre era es esa esas ese eso esos esta estaba estan estar estas este esto estos estoy favor \
fue fueron gracias ha haber habia habla hace hacen hacer hacia hago han has hasta hay he hola ir la las le les lo los mas me mi \
mis mismo muy necesita necesito ni no nos nosotros nuestra nuestro o os otra otras otro otros para pero poco podria porque por \
puede pueden puedo pues que quien quienes quiere quiero quisiera saber se sea sean ser si sido sin sobre solo son soy su sus \
tal tambien tan te tener tengo ti tiene tienen toda todas todo todos tu tus tuve un una unas uno unos usted ustedes va van vez \
voy y ya yo";

const VI: &str = "a à ai anh bao bằng bị bởi các cách cái cần chị cho chứ chưa có còn con của cũng cứ đã đang đâu để đến đều đi đó \
được em gì giờ giúp gồm hay hãy hết hơn hỏi không khi là làm lại lên lúc mà mấy mình một muốn nào này nên nếu ngoài người nhé \
nhiều nhiêu như nhưng những nữa ở ông phải qua ra rất rằng rồi sao sau sẽ sự tại theo thế thì thể tôi trên trong trước từ và vào \
vẫn vậy về vì việc với xin đấy ạ bạn biết hiện thứ mọi";

const AR: &str = "ا ان اي اين ايه او اذا اريد الا التي الذي الذين الي الى انا انت انه انها انني اود ايضا بعد بل بها به بين تحت تلك تم ثم \
حتي حتى حول حيث دون ذلك سوف شكرا شو شي عبر عن عند عندما عليها علي على عليه غير فقط في فيها فيه قبل قد كان كانت كل كم كما كنت كيف \
لا لان لدي لدى لقد لك لكن لم لما لماذا لن له لها لهذا لو لي ليس ما ماذا مثل مرحبا مع من منها منه متي متى مما نحن نعم هذا هذه هل \
هم هنا هناك هو هي و وما يا يتم يجب يكون يمكن يمكنني ينبغي بماذا لديك استطيع";

const FR: &str = "a afin ai aide ainsi alors apres as au aucun aujourd aussi autre autres aux avant avec avez avoir avons bien bonjour \
c ca car ce cela celle celles celui ces cet cette ceux chaque chez ci combien comme comment d dans de depuis des deux dit dites \
dois doit doivent donc dont du elle elles en encore entre es est et etaient etait etc etes etre eu faire fait fasse faut il ils j \
je jusqu l la le les leur leurs lors lorsque lui m ma mais me meme merci mes moi mon n ne ni nos notre nous on ont ou par parce \
pas pendant peu peut peuvent peux plus pour pourquoi pourrais puis puisque qu quand que quel quelle quelles quels qui quoi s sa \
sans savoir se sera serait ses seulement si soit son sont sous suis sur t ta te tel tes toi ton tous tout toute toutes tres tu un \
une va vais vers veut veux voici voir vos votre vous vrai y";

const DE: &str = "aber alle allem allen aller alles als also am an andere anderen auch auf aus bei beim bekomme bin bis bitte bleibt da \
dabei dadurch dafur daher damit danke dann darf das dass dazu dein deine dem den denn der des dessen deshalb die dies diese \
diesem diesen dieser dieses doch dort du durch durfen ein eine einem einen einer eines er erst es etwas fur gab geben genau gegen \
gehen geht gerade gibt habe haben hallo hat hatte hatten her hier hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins \
ist ja jede jedem jeden jeder jedoch jetzt kann kannst kein keine keinem keinen keiner konnen konnte konnten lassen lasst machen \
man mehr mein meine meinem meinen meiner mich mir mit moglich muss musse mussen nach nicht nichts noch nun nur ob oder ohne sagen \
schon sehr sein seine seinem seinen seiner seit sich sie sind so sobald sogar soll sollen sollte sollten sondern sonst sowie tun \
uber uberhaupt um und uns unser unsere unter viel viele vielen vom von vor wann war waren warum was weil weiter welche welchem \
welchen welcher welches wem wen wenn wer werde werden weshalb wie wieder wieso wieviel will wir wird wissen wo wodurch wofur woher \
wohin wollen worden wurde wurden wurde zu zum zur zwischen";

const IT: &str = "a ad agli ai al alla alle allo anche ancora avere aveva c che chi ci cio ciao come con cosa cui da dai dal dalla \
dalle dei del della delle dello deve devo devono di dopo dove due e ed era essere fa fare gia gli grazie ha hanno ho i il in io l \
la le lei li lo loro lui ma me mi mia mio molto ne negli nei nel nella nelle no noi non nostro o ogni oltre per perche piu poi \
posso possono potere prima puo qual quale quali quando quanti quanto quella quelle quelli quello questa queste questi questo qui \
sa se sei sempre senza si sia siamo sono sta stato su sua sue sui sul sulla sulle suo tra tu tutte tutti tutto un una uno va vi \
voglio voi";

const PT: &str = "a ainda algo alguem alguma algum ao aos apos aquela aquele as ate bem boa bom cada com como da das de dela dele deles \
depois deve devo do dos e ela elas ele eles em entre era es essa esse esta estao estar estas este estou eu favor fazer foi ha isso \
isto ja la lhe mais mas me mesmo meu meus minha minhas muito na nao nas nem no nos nossa nosso num numa o obrigado obrigada oi ola \
onde os ou para pela pelo pode podem por porque posso preciso qual quais quando quanta quanto quantos que quem quero sao se seja \
sem ser seu seus so sobre sua suas tambem tem tenho ter teu todo todos tua tudo um uma voce voces vou";

const PL: &str = "a aby ale albo ani az bardzo bedzie beda bez bo by byc byl byla byly bylo ci chce co cos czego czemu czy czyli dla dlaczego \
do gdy gdzie go i ich ile im inne iz ja jak jaka jakie jaki jakich jakiej jako je jego jej jest jestem jesli jezeli juz kazdy kiedy \
kim kto ktora ktore ktorego ktorej ktory ktorych ktorym lub ma maja mam mi mnie mna moga moge moj moja moje mozna moze musi musze \
my na nad nam nas nasz nawet nic nich nie niz no o od on ona one oni oraz pan pani po pod poza prosze przed przez przy sa sie \
skad sobie sposob swoj ta tak taki takie tam te tego tej ten teraz to tu tych tylko tym u w wiec wie we wszystko wszystkie z za \
zawsze ze";

const SV: &str = "alla allt an annan annat att av bara bli blir da de dem den denna deras dess det detta dig din dina ditt du efter ej eller en \
ett far fick finns for fran far ga gor gora ha han har hej hon hos hur i icke in inga ingen inte jag ju kan kommer kunde kunna \
man manga med mellan men mer mig min mina mitt mot mycket ni nar nagon nagot nagra nu och om oss pa sa samma sedan sig sin sina \
sitt ska skall skulle som sadan tack till under upp ut utan vad var vara varfor vara varit vart vem vet vi vid vilka vilken vilket \
vill";

const RU: &str = "а без более бы был была были было быть в вам вас весь во вот все всего всех вы где да даже для до его ее если есть еще ж \
же за здесь и из или им их к как какая какие каких какой какого какое каком какую ко когда кого кто ли либо мне может можно могу \
мой мы на над надо нам нас наш не него нее нет ни них но ну о об однако он она они оно от очень по под почему при про с сам свой \
себя сколько со спасибо так также такой там тебя тем то того тоже той только том ты у уже хотя хочу чего чей чем что чтобы чье чья \
эта эти это этого этой этом этот я является";

const TR: &str = "acaba ama ancak bana bazi belki ben beni benim bir biri birkac biz bize bizim bu buna bunda bundan bunlar bunu bunun cok cunku \
da daha de defa degil den diye dolayi e edilir eder en gibi gore ha hangi hangisi hatta hem hep hepsi her hic i icin icinde ile in \
ise iste kac kadar kez ki kim kime kimi kimin mi mı mu mü midir mudur nasil ne neden nedir nelerdir nerede nereden nereye nerelerde \
nicin niye o olan olarak oldu oldugu olduğu olmak olur on ona onda onlar onlari onlarin onu onun orada oysa peki sana sen seni senin \
sey siz size sizin sonra su ta tum ve veya var ya yani yok zaman";

const ZH: &str = "什么 么是 什麼 多少 少个 哪个 哪些 哪里 哪裡 哪一 哪种 怎么 怎样 么样 如何 为什 为何 何时 是否 可以 以吗 能否 请问 吗 呢 \
谁 几个 多久 多大 是什 是谁 的是 是哪 了什 了多 有多 在哪 有哪 有什 我们 他们 它们 这个 那个 一个 是一 不是 没有 还是 或者 以及 因为 \
所以 如果 但是 我的 你的 他的 我要 我想 的什 是多 是如 何被 什";

const JA: &str = "何で 何が 何を 何の 何と 何に 何年 いつ どこ だれ 誰が 誰で 誰の どの なぜ 何か 何人 何月 何時 は何 が何 の何 を何 は誰 が誰 は何 \
ですか";
