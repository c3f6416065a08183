import '../../app/page.js';
