package apptest_test

// Who may open which address. A letter is somebody:
//
//	p the public          f signed in, lives nowhere    o lives in another community   n a neighbour   a the author
//	s staff               c secretary                   b party branch                 v observer      t town
//	q partner, property   l partner, police             x admin of the district        z staff of another community
//	u staff of another town             d a department of the town, greening
const (
	everybody = "pfonascbvtqlxzud"
	known     = "fonascbvtqlxzud"
	members   = "nascbvtqlxd" // read what a community shows its own
	raisers   = "nascb"
	talkers   = "nascbqt"
	answerers = "scqt" // on the partner's board
	keepers   = "sct"  // hold, hide, notices, handovers
	office    = "sc"   // residents' claims, entries for somebody offline
	setters   = "ctx"  // roster of duty, Round times
	importers = "scx"
	desks     = "scvtql" // the queue, at least the part of one's own board
	deskTopic = "scvtq"  // a topic of the property's board
	roles     = "scbvtqlxd"
	nobody    = ""

	roster = "楼栋,室号,姓名,手机\n3号楼,503,王五,13911112222\n"
)

// way is whom an address lets through, and what is sent there.
type way struct {
	who string
	// body is a form for pages and JSON for the API, in which :name is replaced as in the address.
	body string
	// query is put behind the address.
	query string
	// ends means that it ends the visitor's session or account, which is tried on somebody made for it.
	ends bool
	// fresh has it asked by people with roles who have been nowhere else, because what they left there would answer.
	fresh bool
	// file is sent as an upload instead of a body.
	file string
}

// ways names whom every address lets through. An address that is missing fails the test: a new one needs a line here.
func ways() map[string]way {
	all := map[string]way{}
	for _, area := range []map[string]way{
		openWays(), publicLogWays(), wallWays(),
		termWays(),
		residentWays(),
		deskWays(),
		apiWays(),
		apiDeskWays(),
		searchWays(),
		lifeWays(),
		catalogueWays(),
		moderationWays(),
		bulletinWays(),
		whistleWays(),
		meetingWays(), meetingAPIWays(),
		hallWays(), hallAPIWays(),
		projectWays(), projectAPIWays(), projectWorkAPIWays(), presetWays(), formerWays(),
		activityWays(), activityAPIWays(),
		callWays(),
		pollWays(), pollAPIWays(), ownerWays(), ownerAPIWays(),
		affairsWays(),
		moneyWays(),
		neighbourWays(),
		phraseWays(),
		digestWays(), digestPageWays(),
		assistedWays(),
		workWays(),
	} {
		for address, w := range area {
			all[address] = w
		}
	}
	return all
}

func openWays() map[string]way {
	return map[string]way{
		"GET /healthz":          {who: everybody},
		"GET /readyz":           {who: everybody},
		"GET /static/*":         {who: nobody}, // no such file
		"GET /wechat/callback":  {who: nobody}, // not signed by WeChat
		"POST /wechat/callback": {who: nobody},

		"GET /open":               {who: everybody},
		"GET /open/c/:community":  {who: everybody},
		"GET /open/clock":         {who: everybody},
		"GET /open/privacy":       {who: everybody},
		"GET /open/accessibility": {who: everybody},

		"GET /auth/wechat":          {who: everybody},
		"GET /auth/wechat/callback": {who: everybody},
		"GET /auth/confirm/:nonce":  {who: known},
		"POST /auth/confirm/:nonce": {who: known},
		"POST /auth/logout":         {who: everybody, ends: true},
		"POST /elder":               {who: everybody, body: "next=/"},
	}
}

func residentWays() map[string]way {
	return map[string]way{
		"GET /":                       {who: everybody},
		"GET /post":                   {who: everybody},
		"GET /c/:community":           {who: everybody},
		"GET /c/:community/topics":    {who: everybody},
		"GET /c/:community/progress":  {who: members},
		"GET /c/:community/post":      {who: raisers},
		"POST /c/:community/post":     {who: raisers, body: "token=:new&board=nearby&body=灯不亮"},
		"GET /t/:topic":               {who: members},
		"GET /t/:topic/edit":          {who: "a"},
		"POST /t/:topic/edit":         {who: "a", body: "title=灯&body=灯还是不亮&revision=0"},
		"GET /t/:topic/withdraw":      {who: "a"},
		"POST /t/:topic/withdraw":     {who: "a", body: "reason=修好了"},
		"POST /t/:topic/comments":     {who: talkers, body: "token=:new&body=我家也是"},
		"POST /photos":                {who: known, file: "not a photo"},
		"GET /photos/:photo/:variant": {who: nobody}, // only who uploaded it

		"GET /t/:topic/photos/:photo/:variant": {who: members},

		"GET /welcome":             {who: known},
		"POST /welcome":            {who: known, body: "community=:community&building=:building&room=101"},
		"GET /me":                  {who: known},
		"GET /me/topics":           {who: known},
		"GET /me/inbox":            {who: known},
		"GET /me/inbox/:notice":    {who: nobody}, // somebody else's
		"GET /me/homes":            {who: known},
		"GET /me/move":             {who: known},
		"GET /me/leave":            {who: known},
		"GET /me/privacy":          {who: known},
		"GET /me/data":             {who: known},
		"GET /me/data.json":        {who: known},
		"GET /me/delete":           {who: known},
		"POST /me/notices":         {who: known},
		"POST /me/inbox/read":      {who: known},
		"POST /me/move":            {who: known, body: "community=:community&building=:building&room=101"},
		"POST /me/leave":           {who: nobody, body: "home=none"},
		"POST /me/consent":         {who: known, body: "purpose=notices&given=1"},
		"POST /me/delete":          {who: known, ends: true},
		"GET /desk/login":          {who: everybody},
		"GET /desk/login/state":    {who: everybody},
		"GET /desk/login/:picture": {who: nobody}, // another browser's
	}
}

func deskWays() map[string]way {
	const c = "/desk/c/:community"
	return map[string]way{
		"GET /desk":               {who: "scbvtqlxzud"},
		"GET /desk/roles":         {who: "x", query: "?node=:community"},
		"POST /desk/roles":        {who: "x", body: "node=:community&account=:account&role=observer&phone=13900010002"},
		"POST /desk/roles/revoke": {who: "x", body: "node=:community&account=:account&role=observer&phone=13900010002"},
		"GET /desk/town/:town":    {who: "t"},

		"GET /desk/t/:topic":                            {who: deskTopic},
		"POST /desk/t/:topic/answer":                    {who: answerers, body: "token=:new&body=马上来修"},
		"POST /desk/t/:topic/hold":                      {who: keepers, body: "reason=核实"},
		"POST /desk/t/:topic/release":                   {who: keepers, body: "reason=没事"},
		"POST /desk/t/:topic/hide":                      {who: keepers, body: "reason=广告"},
		"POST /desk/t/:topic/comments/:comment/release": {who: keepers},
		"POST /desk/t/:topic/comments/:comment/hide":    {who: keepers, body: "reason=广告"},

		"GET " + c:                                 {who: desks},
		"GET " + c + "/more":                       {who: roles},
		"GET " + c + "/residents":                  {who: office},
		"GET " + c + "/residents/:account":         {who: office},
		"POST " + c + "/residents/:account":        {who: office, body: "why=上门核对"},
		"POST " + c + "/residents/:account/verify": {who: office, body: "home=:household"},
		"POST " + c + "/residents/:account/reject": {who: office, body: "home=:household&reason=不对"},
		"GET " + c + "/duty":                       {who: desks},
		"POST " + c + "/duty/handover":             {who: keepers, body: "token=:new&to=:account&note=请接着"},
		"POST " + c + "/duty/roster":               {who: "ct", body: "people=:account"},
		"POST " + c + "/duty/rounds":               {who: setters, body: "rounds=09:00"},
		"GET " + c + "/import":                     {who: importers},
		"POST " + c + "/import":                    {who: importers, file: roster},
		"GET " + c + "/import/template.xlsx":       {who: roles}, // without anybody\'s data,
		"GET " + c + "/import/:import":             {who: importers},
		"GET " + c + "/import/:import/progress":    {who: importers},
		"GET " + c + "/import/:import/marked.xlsx": {who: importers},
		"POST " + c + "/import/:import/confirm":    {who: importers},
		"POST " + c + "/import/:import/discard":    {who: importers},
		"GET " + c + "/stats":                      {who: roles},
		"GET " + c + "/rounds":                     {who: desks},
		"GET " + c + "/assist":                     {who: office},
		"POST " + c + "/assist":                    {who: office, body: "token=:new&board=nearby&body=灯不亮&name=王阿婆"},
	}
}

func apiWays() map[string]way {
	const v1 = "/api/v1"
	return map[string]way{
		"GET " + v1 + "/openapi.json":                           {who: everybody},
		"GET " + v1 + "/session":                                {who: everybody},
		"DELETE " + v1 + "/session":                             {who: known, ends: true},
		"DELETE " + v1 + "/me":                                  {who: known, ends: true},
		"POST " + v1 + "/session/logins":                        {who: everybody, body: `{"device":"Firefox"}`},
		"POST " + v1 + "/session/logins/:nonce/scan":            {who: known},
		"POST " + v1 + "/session/logins/:nonce/confirm":         {who: known},
		"POST " + v1 + "/session/logins/:nonce/token":           {who: everybody, body: `{"secret":"guessed"}`},
		"GET " + v1 + "/me/topics":                              {who: known},
		"GET " + v1 + "/me/inbox":                               {who: known},
		"POST " + v1 + "/me/inbox/read":                         {who: known},
		"POST " + v1 + "/me/inbox/:notice/read":                 {who: nobody},
		"POST " + v1 + "/me/homes":                              {who: known},
		"POST " + v1 + "/me/homes/move":                         {who: known},
		"DELETE " + v1 + "/me/homes/:household":                 {who: nobody},
		"POST " + v1 + "/me/introduction":                       {who: known},
		"PUT " + v1 + "/me/preferences":                         {who: known, body: `{}`},
		"GET " + v1 + "/me/consents":                            {who: known},
		"PUT " + v1 + "/me/consents/:purpose":                   {who: known, body: `{"version":"2026-11"}`},
		"DELETE " + v1 + "/me/consents/:purpose":                {who: known},
		"GET " + v1 + "/me/looks":                               {who: known},
		"GET " + v1 + "/me/data":                                {who: known},
		"GET " + v1 + "/communities":                            {who: everybody},
		"GET " + v1 + "/communities/:community":                 {who: everybody},
		"GET " + v1 + "/communities/:community/places":          {who: everybody},
		"GET " + v1 + "/communities/:community/topics":          {who: everybody},
		"POST " + v1 + "/communities/:community/topics":         {who: raisers, body: `{"id":":new","board":"nearby","body":"灯不亮"}`},
		"GET " + v1 + "/topics/:topic":                          {who: members},
		"PATCH " + v1 + "/topics/:topic":                        {who: "a", body: `{"title":"灯","body":"灯还是不亮","revision":0}`},
		"DELETE " + v1 + "/topics/:topic":                       {who: "a"},
		"GET " + v1 + "/topics/:topic/photos/:photo/:variant":   {who: members},
		"GET " + v1 + "/topics/:topic/comments":                 {who: members},
		"POST " + v1 + "/topics/:topic/comments":                {who: talkers, body: `{"id":":new","body":"我家也是"}`},
		"POST " + v1 + "/photos":                                {who: known, file: "not a photo"},
		"GET " + v1 + "/photos/:photo/:variant":                 {who: nobody},
		"GET " + v1 + "/open/communities/:community/notices":    {who: everybody},
		"GET " + v1 + "/open/communities/:community/statistics": {who: everybody},
	}
}

func apiDeskWays() map[string]way {
	const v1, node = "/api/v1", "/api/v1/desk/:node"
	return map[string]way{
		"GET " + node + "/queue":                    {who: desks},
		"GET " + node + "/comments":                 {who: keepers},
		"GET " + v1 + "/desk/topics/:topic":         {who: deskTopic},
		"POST " + v1 + "/topics/:topic/answers":     {who: answerers, body: `{"id":":new","body":"马上来修"}`},
		"POST " + v1 + "/topics/:topic/hold":        {who: keepers, body: `{"reason":"核实"}`},
		"POST " + v1 + "/topics/:topic/release":     {who: keepers, body: `{"reason":"没事"}`},
		"POST " + v1 + "/topics/:topic/hide":        {who: keepers, body: `{"reason":"广告"}`},
		"POST " + v1 + "/comments/:comment/hide":    {who: keepers, body: `{"reason":"广告"}`},
		"POST " + v1 + "/comments/:comment/release": {who: keepers},
		"POST " + node + "/notices":                 {who: keepers, body: `{"id":":new","title":"停水","body":"周三停水"}`},
		"POST " + node + "/entries":                 {who: office, body: `{"id":":new","board":"nearby","body":"灯不亮","name":"王阿婆"}`},
		"GET " + node + "/duty":                     {who: desks},
		"PUT " + node + "/duty":                     {who: setters, body: `{}`},
		"POST " + node + "/handovers":               {who: keepers, body: `{"id":":new","to":":account","until":"2026-11-19T09:00:00+08:00","note":"请接着"}`},
		"GET " + node + "/rounds":                   {who: desks},
		"GET " + node + "/statistics":               {who: members},
		"GET " + node + "/residents":                {who: office},

		"POST " + v1 + "/desk/residents/:account/verify": {who: office, body: `{"household":":household"}`},
		"POST " + v1 + "/desk/residents/:account/reject": {who: office, body: `{"household":":household","reason":"不对"}`},
		"POST " + node + "/people/:account/look":         {who: office, body: `{"why":"上门核对"}`},
		"POST " + node + "/people/find":                  {who: "x", body: `{"phone":"13900010002"}`},
		"GET " + node + "/imports":                       {who: importers},
		"POST " + node + "/imports":                      {who: importers, file: roster},
		"GET " + v1 + "/imports/template":                {who: known},
		"GET " + v1 + "/imports/:import":                 {who: importers},
		"GET " + v1 + "/imports/:import/faults":          {who: importers},
		"GET " + v1 + "/imports/:import/corrections":     {who: importers},
		"POST " + v1 + "/imports/:import/confirm":        {who: importers},
		"POST " + v1 + "/imports/:import/discard":        {who: importers},
		"GET " + node + "/settings/rounds":               {who: members},
		"PUT " + node + "/settings/rounds":               {who: setters, body: `{"times":["09:00"],"workdays_only":false}`},
		"GET " + node + "/roles":                         {who: "x"},
		"POST " + node + "/roles":                        {who: "x", body: `{"account":":account","role":"observer"}`},
		"POST " + node + "/roles/revoke":                 {who: "x", body: `{"account":":account","role":"observer"}`},
	}
}
